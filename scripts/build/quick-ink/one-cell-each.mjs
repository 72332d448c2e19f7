const text = /^[ -~✔●✖○·▶▲❯◉…↑↓▾▸─█░│›▏¡-¬®-˿‐-‧]*$/;
const colour = "\u001B\\[[0-9;:]*m";
const colours = new RegExp(colour, "g");
const esc = "\u001B";

/** For `split`: every second part is a colour. */
export const betweenColours = new RegExp(`(${colour})`);

/** ASCII, the signs of src/ui/theme/symbols.ts, Latin letters and quotes, which is most of what is on the screen. */
export function hasOneCellEach(line) {
  return text.test(line);
}

/** A text without its colours. */
export function bare(line) {
  return line.includes(esc) ? line.replace(colours, "") : line;
}
