/** What `printf` prints: the format again and again until no value is left. */
export function formatted(format: string, args: readonly string[]): string {
  if (format === "%s\\n") return args.length === 0 ? "\n" : `${args.join("\n")}\n`;
  let result = "";
  let at = 0;
  do {
    result += format.replace(
      /\\([0-7]{1,3}|.)|%(-?\d*)(?:\.\d+)?([sdbx%])/g,
      (whole, special?: string, width?: string, kind?: string) => {
        if (special !== undefined) return escaped(special) ?? whole;
        if (kind === "%") return "%";
        const value = args[at++] ?? "";
        return padded(
          kind === "b"
            ? value.replace(/\\(0?[0-7]{1,3}|.)/g, (text, inner: string) => escaped(inner) ?? text)
            : valueFor(kind, value),
          width ?? "",
        );
      },
    );
  } while (at > 0 && at < args.length);
  return result;
}

function valueFor(kind: string | undefined, value: string): string {
  if (kind === "d") return String(Number(value || 0));
  return kind === "x" ? Number(value || 0).toString(16) : value;
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
