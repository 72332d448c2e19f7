/** The lines that hold anything, without blanks at their ends. */
export function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The words of each line. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  return linesOf(text).map((line) => line.split(/\s+/));
}
