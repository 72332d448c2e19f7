import { InstallerError } from "../engine/errors.ts";

type Level = "substitution" | "double" | "single" | "comment";

/** Where in a shell text one stands: the quotes and substitutions that are open, outermost first. */
export interface Quoting {
  readonly levels: readonly Level[];
  /** The character before; decides whether `#` begins a comment and whether a backslash or `$` is pending. */
  readonly previous: string;
}

export const startOfText: Quoting = { levels: [], previous: "" };

/** Whether a quoted word inserted here reaches the command as one word, whatever it contains. */
export function takesWords({ levels, previous }: Quoting): boolean {
  const innermost = levels.at(-1);
  return (innermost === undefined || innermost === "substitution") && previous !== "\\" && previous !== "$";
}

/**
 * Follows the quoting through a piece of POSIX shell text.
 * Backticks and here-documents are refused because values inside them cannot be quoted reliably.
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02
 * @throws InstallerError `bug`
 */
export function quotingAfter(text: string, start: Quoting): Quoting {
  const levels = [...start.levels];
  let previous = start.previous;
  for (const character of text) {
    const innermost = levels.at(-1);
    const escaped = previous === "\\" && innermost !== "single" && innermost !== "comment";
    if (innermost === "comment") {
      if (character === "\n") levels.pop();
    } else if (innermost === "single") {
      if (character === "'") levels.pop();
    } else if (!escaped) {
      refuseUnquotable(character, previous, innermost, text);
      if (character === '"') {
        if (innermost === "double") levels.pop();
        else levels.push("double");
      } else if (character === "(" && (innermost !== "double" || previous === "$")) levels.push("substitution");
      else if (character === ")" && innermost === "substitution") levels.pop();
      else if (character === "'" && innermost !== "double") levels.push("single");
      else if (character === "#" && innermost !== "double" && /^[\s;&|()]?$/.test(previous)) levels.push("comment");
    }
    previous = escaped || innermost === "single" ? "escaped" : character;
  }
  return { levels, previous };
}

function refuseUnquotable(character: string, previous: string, innermost: Level | undefined, text: string): void {
  const hereDocument = character === "<" && previous === "<" && innermost !== "double";
  if (character !== "`" && !hereDocument) return;
  const what = hereDocument ? "here-document; hand the text over through stdin" : "backtick; write $(…)";
  throw new InstallerError("bug", { message: `A command template holds a ${what}: ${text.trim()}` });
}
