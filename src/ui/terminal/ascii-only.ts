const twins: Readonly<Record<string, string>> = { "…": ".", "’": "'", "–": "-", "×": "x" };

/**
 * A text without anything beyond ASCII, as wide as before. Symbols have ASCII twins in the theme already: this is for
 * what Ink adds by itself, such as the mark where it cuts a line off, and for what machines say.
 */
export function asciiOnly(text: string): string {
  return text.replaceAll(/\P{ASCII}/gu, (character) => twins[character] ?? "?");
}
