/** One key, by the name the key table uses: `enter`, `ctrl-c`, `shift-tab`, `f1`, `a`, `?`. */
export interface KeyPress {
  readonly name: string;
  /** What the key writes in a text field. */
  readonly text?: string;
}

const named: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\u001B": "esc",
  "\u007F": "backspace",
  "\b": "backspace",
  "[A": "up",
  "[B": "down",
  "[C": "right",
  "[D": "left",
  "[H": "home",
  "[F": "end",
  "[1~": "home",
  "[4~": "end",
  "[7~": "home",
  "[8~": "end",
  "[3~": "delete",
  "[5~": "page-up",
  "[6~": "page-down",
  "[Z": "shift-tab",
  "[11~": "f1",
  "[[A": "f1",
  OP: "f1",
  OA: "up",
  OB: "down",
  OC: "right",
  OD: "left",
  OH: "home",
  OF: "end",
};

/**
 * The keys in what a terminal sent at once: one control sequence, or any number of characters typed quickly.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html "PC-Style Function Keys"
 */
export function keysIn(sequence: string): readonly KeyPress[] {
  const whole = nameOf(sequence);
  if (whole !== undefined) return [{ name: whole }];
  if (sequence.startsWith("\u001B")) return [];
  return [...sequence].flatMap((character) => {
    const name = nameOf(character);
    if (name !== undefined) return [{ name }];
    return isControl(character) ? [] : [{ name: character === " " ? "space" : character, text: character }];
  });
}

function nameOf(sequence: string): string | undefined {
  const name = named[sequence] ?? (sequence.startsWith("\u001B") ? named[sequence.slice(1)] : undefined);
  if (name !== undefined) return name;
  const code = sequence.codePointAt(0) ?? 0;
  return sequence.length === 1 && code >= 1 && code <= 26 ? `ctrl-${String.fromCodePoint(code + 96)}` : undefined;
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 32 || (code >= 127 && code < 160);
}
