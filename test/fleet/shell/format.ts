type Piece = string | { readonly kind: string; readonly width: string };

const known = new Map<string, readonly Piece[]>();
const mostKnown = 2000;

/** What `printf` prints: the format again and again until no value is left. */
export function formatted(format: string, args: readonly string[]): string {
  const pieces = known.get(format) ?? piecesOf(format);
  if (known.size >= mostKnown) known.clear();
  known.set(format, pieces);
  let result = "";
  let at = 0;
  do {
    for (const piece of pieces) {
      result += typeof piece === "string" ? piece : padded(valueFor(piece.kind, args[at++] ?? ""), piece.width);
    }
  } while (at > 0 && at < args.length);
  return result;
}

/** The texts of a format and what stands between them for a value each. */
function piecesOf(format: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of format.matchAll(/\\([0-7]{1,3}|.)|%(-?\d*)(?:\.\d+)?([sdbx%])/g)) {
    const [whole, special, width = "", kind = ""] = match;
    pieces.push(format.slice(end, match.index));
    if (special !== undefined) pieces.push(escaped(special) ?? whole);
    else pieces.push(kind === "%" ? "%" : { kind, width });
    end = match.index + whole.length;
  }
  pieces.push(format.slice(end));
  return pieces.filter((piece) => piece !== "");
}

function valueFor(kind: string, value: string): string {
  switch (kind) {
    case "b":
      return value.replace(/\\(0?[0-7]{1,3}|.)/g, (text, inner: string) => escaped(inner) ?? text);
    case "d":
      return String(Number(value || 0));
    case "x":
      return Number(value || 0).toString(16);
    default:
      return value;
  }
}

function padded(value: string, width: string): string {
  if (width === "") return value;
  const zero = width.startsWith("0");
  return width.startsWith("-") ? value.padEnd(Number(width.slice(1))) : value.padStart(Number(width), zero ? "0" : " ");
}

const letters: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", '"': '"', a: "\u0007" };

function escaped(text: string): string | undefined {
  return /^[0-7]+$/.test(text) ? String.fromCharCode(Number.parseInt(text, 8)) : letters[text];
}
