import { InstallerError } from "../engine/errors.ts";
import { type Quoting, quotingAfter, startOfText, takesWords } from "./shell-quoting.ts";

const made = Symbol("made by sh");

/** A shell command whose values are quoted; only the `sh` template makes one. */
export interface Command {
  /** Text for `sh -c`, every value already quoted. */
  readonly text: string;
  readonly [made]: true;
}

/** What may stand in a command: a value becomes one word, an array one word per element, a command is spliced in. */
export type ShellValue = string | number | Command | readonly (string | number | Command)[];

/**
 * Builds a command for a POSIX shell: sh`install -m ${mode} ${source} ${target}`.
 * Placeholders stand outside quotes, because each value brings its own. Secrets are refused, because every user of
 * the machine can see the arguments of a process; hand them over through stdin.
 * @throws InstallerError `bug` for a secret, a NUL, half a surrogate pair, or a placeholder inside quotes
 */
export function sh(texts: TemplateStringsArray, ...values: readonly ShellValue[]): Command {
  const { placeholders, isClosed } = readTemplate(texts);
  let result = "";
  for (let index = 0; index < texts.length; index++) {
    result += texts[index] ?? "";
    if (index === values.length) break;
    const placeholder = placeholders[index];
    if (placeholder?.takesWords !== true) {
      throw refused("a placeholder inside quotes, a comment or an escape", result);
    }
    result += words(values[index], { bare: placeholder.standsAlone, before: result });
  }
  if (!isClosed) throw refused("an open quote, bracket or comment at its end", result);
  return { text: result, [made]: true };
}

interface Placeholder {
  /** Whether values may stand here: outside quotes, comments and escapes. */
  readonly takesWords: boolean;
  /** Whether a value here is a word of its own. */
  readonly standsAlone: boolean;
}

interface Template {
  readonly placeholders: readonly Placeholder[];
  /** Whether every quote and bracket is closed at its end. */
  readonly isClosed: boolean;
}

/** What has been found out about templates: a program has few of them, and a run fills each thousands of times. */
const templates = new WeakMap<TemplateStringsArray, Template>();

function readTemplate(texts: TemplateStringsArray): Template {
  const known = templates.get(texts);
  if (known !== undefined) return known;
  const quotings: Quoting[] = [];
  for (const text of texts) {
    const before = quotings.at(-1);
    quotings.push(quotingAfter(text, before === undefined ? startOfText : { ...before, previous: "value" }));
  }
  const placeholders = quotings.map((quoting, index) => ({
    takesWords: takesWords(quoting),
    standsAlone: standsAlone(texts, index),
  }));
  const template = { placeholders, isClosed: quotings.at(-1)?.levels.length === 0 };
  templates.set(texts, template);
  return template;
}

/** Whether the value has a blank on either side, so that it is a word of its own. */
function standsAlone(texts: TemplateStringsArray, index: number): boolean {
  const [text = "", next = ""] = [texts[index], texts[index + 1]];
  return (
    (text !== "" || index === 0) &&
    /(?:^|[\s=])$/.test(text) &&
    /^(?:$|[\s;)])/.test(next) &&
    (next !== "" || index + 2 === texts.length)
  );
}

interface Place {
  /** The word has a blank on either side, so it needs no quotes when it holds nothing special. */
  readonly bare: boolean;
  readonly before: string;
}

function words(value: unknown, place: Place): string {
  if (isCommand(value)) return value.text;
  if (Array.isArray(value)) return value.map((element) => words(element, { ...place, bare: false })).join(" ");
  if (typeof value === "number" && Number.isFinite(value)) return word(String(value), place);
  if (typeof value === "string") return word(value, place);
  const kind = typeof value === "object" && value !== null ? value.constructor.name : String(value);
  throw refused(`a value that is not text: ${kind}`, place.before);
}

function word(value: string, { bare, before }: Place): string {
  if (value.includes("\0")) throw refused("a value with a NUL character", before);
  if (/\p{Surrogate}/u.test(value)) throw refused("a value that is not valid Unicode", before);
  if (bare && /^[\w@%+:,./-]+$/.test(value) && !keywords.has(value)) return value;
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** Words a shell reads as grammar when they stand alone unquoted. */
const keywords = new Set(
  "case coproc do done elif else esac fi for function if in select then time until while".split(" "),
);

function isCommand(value: unknown): value is Command {
  return typeof value === "object" && value !== null && made in value;
}

function refused(what: string, text: string): InstallerError {
  return new InstallerError("bug", { message: `A command template holds ${what}: ${text.trim()}` });
}
