const text = /^[ -~✔●✖○·▶▲❯◉…↑↓▾▸─█░│›▏]*$/;

/** ASCII and the signs of src/ui/theme/symbols.ts, which is most of what is on the screen: a cell for each character. */
export function hasOneCellEach(line) {
  return text.test(line);
}
