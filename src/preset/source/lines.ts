/** Finds line and column of offsets in a text. */
export interface Lines {
  /** Line and column count from 1, columns in characters. */
  position(offset: number): { readonly line: number; readonly column: number };
  /** A line without its end, by number from 1, and the offset it begins at. */
  line(number: number): { readonly text: string; readonly start: number };
}

/** Splits at every line end YAML knows: LF, CR LF and CR. */
export function indexLines(text: string): Lines {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (match) => match.index + match[0].length)];
  const line = (number: number) => {
    const start = starts[number - 1] ?? text.length;
    return { start, text: text.slice(start, starts[number] ?? text.length).replace(/[\r\n]+$/, "") };
  };
  return {
    line,
    position: (offset) => {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: countCharacters(text, starts[low] ?? 0, offset) + 1 };
    },
  };
}

/** How many characters a stretch has, those beyond U+FFFF counted once. */
function countCharacters(text: string, start: number, end: number): number {
  let count = 0;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    const isSecondHalf = code >= 0xdc00 && code <= 0xdfff;
    if (!isSecondHalf) count++;
  }
  return count;
}
