import type { IBufferCell, Terminal } from "@xterm/headless";

const cell = { width: 8.4, height: 18 };
const margin = 12;
const colours = { background: "#1e2127", foreground: "#d7dae0", dim: "#8b919d" };
/** The sixteen colours a terminal has by name. */
const palette = [
  ...["#1e2127", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0"],
  ...["#5c6370", "#ef7a85", "#a9d089", "#f0cf8b", "#75bdf9", "#d38aea", "#66c4d0", "#ffffff"],
];

interface Run {
  readonly column: number;
  text: string;
  width: number;
  readonly style: Style;
}

interface Style {
  readonly colour: string;
  readonly background: string | undefined;
  readonly bold: boolean;
}

/** What a terminal shows, as an SVG: monospaced text in runs of one style, each exactly as wide as its cells. */
export function svgOf(terminal: Terminal, title: string): string {
  const { buffer, cols, rows } = terminal;
  const lines = Array.from({ length: rows }, (_, row) => runsOf(terminal, row));
  const used = lines.findLastIndex((runs) => runs.length > 0) + 1;
  const [width, height] = [cols * cell.width + 2 * margin, used * cell.height + 2 * margin];
  const text = Array.from({ length: used }, (_, row) => buffer.active.getLine(row)?.translateToString(true).trimEnd());
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${round(width)} ${height}" width="${round(width)}">`,
    `<title>${escaped(title)}</title>`,
    `<desc xml:space="preserve">${escaped(text.join("\n"))}</desc>`,
    `<rect width="100%" height="100%" rx="8" fill="${colours.background}"/>`,
    '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">',
    ...lines.flatMap((runs, row) => runs.flatMap((run) => drawn(run, row))),
    "</g>",
    "</svg>",
  ].join("\n")}\n`;
}

/** The text a picture was made from. */
export function textOf(svg: string): string {
  const text = /<desc[^>]*>([\s\S]*)<\/desc>/.exec(svg)?.[1] ?? "";
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function runsOf({ buffer, cols }: Terminal, row: number): readonly Run[] {
  const line = buffer.active.getLine(row);
  const runs: Run[] = [];
  for (let column = 0; column < cols; column++) {
    const at = line?.getCell(column);
    if (at === undefined || at.getWidth() === 0) continue;
    const style = styleOf(at);
    const last = runs.at(-1);
    const characters = at.getChars() === "" ? " " : at.getChars();
    if (last !== undefined && sameStyle(last.style, style)) {
      last.text += characters;
      last.width += at.getWidth();
    } else runs.push({ column, text: characters, width: at.getWidth(), style });
  }
  return runs.filter(({ text, style }) => text.trim() !== "" || style.background !== undefined);
}

function styleOf(at: IBufferCell): Style {
  const front = colourOf(at.isFgDefault(), at.isFgRGB(), at.getFgColor());
  const behind = colourOf(at.isBgDefault(), at.isBgRGB(), at.getBgColor());
  const inverse = at.isInverse() !== 0;
  const plain = at.isDim() !== 0 && front === undefined ? colours.dim : (front ?? colours.foreground);
  return {
    colour: inverse ? (behind ?? colours.background) : plain,
    background: inverse ? plain : behind,
    bold: at.isBold() !== 0,
  };
}

function colourOf(isDefault: boolean, isRgb: boolean, value: number): string | undefined {
  if (isDefault) return undefined;
  return isRgb ? `#${value.toString(16).padStart(6, "0")}` : palette[value];
}

function sameStyle(one: Style, other: Style): boolean {
  return one.colour === other.colour && one.background === other.background && one.bold === other.bold;
}

function drawn({ column, text, width, style }: Run, row: number): readonly string[] {
  const [x, y] = [margin + column * cell.width, margin + row * cell.height];
  const behind =
    style.background === undefined
      ? []
      : [
          `<rect x="${round(x)}" y="${y}" width="${round(width * cell.width)}" height="${cell.height}" fill="${style.background}"/>`,
        ];
  const weight = style.bold ? ' font-weight="bold"' : "";
  const pieces = piecesOf(text, width).map((piece) => {
    const size = round(piece.width * cell.width);
    const where = `x="${round(x + piece.offset * cell.width)}" y="${y + 13}" textLength="${size}"`;
    return `<text ${where} lengthAdjust="spacingAndGlyphs" fill="${style.colour}"${weight}>${escaped(piece.text)}</text>`;
  });
  return [...behind, ...pieces];
}

/** Without blanks around them and without two in a row, which readers of SVG treat differently. */
function piecesOf(text: string, width: number): readonly { text: string; offset: number; width: number }[] {
  const whole = { text, offset: 0, width };
  if ([...text].length !== width) return [whole];
  return [...text.matchAll(/\S+(?: \S+)*/g)].map((match) => {
    const [piece] = match;
    return { text: piece, offset: [...text.slice(0, match.index)].length, width: [...piece].length };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
