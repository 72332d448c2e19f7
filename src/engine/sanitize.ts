const esc = "\\u001b";
const stringEnd = `(?:\\u0007|${esc}\\\\|\\u009c)`;

/** Terminal sequences (strings such as OSC and DCS, then CSI, then two-byte ones) and, last, single control characters. */
const unprintable = new RegExp(
  [
    `(?:${esc}[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\u0007${esc}\\u009c]*${stringEnd}?`,
    `(?:${esc}\\[|\\u009b)[0-?]*[ -/]*[@-~]`,
    `${esc}[ -/]*[0-~]`,
    "[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]",
  ].join("|"),
  "gu",
);
const colour = new RegExp(`^(?:${esc}\\[|\\u009b)[0-9;:]*m$`, "u");

/**
 * Makes a line from a remote machine safe to print: terminal sequences are taken out, except colours when
 * `keepColours` is set, and so are control characters (tabs stay) and those that turn the direction of text.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
export function sanitizeLine(line: string, { keepColours = false }: { keepColours?: boolean } = {}): string {
  return line.replace(unprintable, (found) => (found === "\t" || (keepColours && colour.test(found)) ? found : ""));
}
