import { InstallerError } from "../engine/errors.ts";
import { afterText, type Quoting, unquoted } from "./shell-quoting.ts";

const made = Symbol("made by sh");

/** A shell command whose values are quoted; only the `sh` template makes one. */
export interface Command {
  /** Text for `sh -c`, every value already quoted. */
  readonly text: string;
  readonly [made]: true;
}

/** What may stand in a command: a value becomes one word, an array one word per element, a command is spliced in. */
export type ShellValue = string | number | Command | readonly (string | number)[];

/**
 * Builds a command for a POSIX shell from a template: sh`install -m ${mode} ${source} ${target}`.
 * Placeholders stand outside quotes, because each value brings its own. Secrets are refused: arguments can be
 * seen by every user of the machine; hand them over through stdin.
 * @throws InstallerError `bug` for a secret, a NUL, half a surrogate pair, or a placeholder inside quotes
 */
export function sh(texts: TemplateStringsArray, ...values: readonly ShellValue[]): Command {
  let result = "";
  let quoting: Quoting = unquoted;
  texts.forEach((text, index) => {
    quoting = afterText(text, quoting);
    result += text;
    if (index === values.length) return;
    const value = values[index];
    if (
      quoting !== unquoted &&
      !quoting.every((level) => level === "substitution" || level === "double-substitution")
    ) {
      throw refusal("A placeholder stands inside quotes, a comment or behind a backslash or dollar sign", result);
    }
    const standsAlone = /(?:^|[\s=])$/.test(result) && /^(?:$|[\s;)])/.test(texts[index + 1] ?? "");
    result += words(value, standsAlone && !(index > 0 && text === ""), result);
  });
  return { text: result, [made]: true };
}
