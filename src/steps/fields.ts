/** What a look script printed as lines `name value`, by name; a value may be empty. */
export function fields(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => {
        const blank = line.indexOf(" ");
        return blank < 0 ? [line, ""] : [line.slice(0, blank), line.slice(blank + 1).trim()];
      }),
  );
}
