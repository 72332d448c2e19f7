import { folderOf } from "../machine/file-system.ts";
import { literally, patternToRegExp, strip } from "./pattern.ts";
import { Exit, type Shell, subshell } from "./state.ts";
import { Collected, nowhere, type Output } from "./streams.ts";
import { evaluate } from "./sum.ts";
import type { Part, Script, Word } from "./syntax.ts";

/** Runs a script in a shell; handed in, because running needs expanding as well. */
export type RunScript = (script: Script, shell: Shell) => number;

/** A piece of a field; in a quoted one no character is special. */
interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** Makes words into fields: values put in, split at blanks, file names found. */
export function expandAll(words: readonly Word[], shell: Shell, run: RunScript): string[] {
  const fields: string[] = [];
  for (const word of words) {
    const [only] = word;
    if (word.length === 1 && only?.kind === "text") {
      if (only.quoted || !special.test(only.text)) fields.push(only.text);
      else fields.push(...glob(only.text, only.text, shell));
    } else for (const field of expandFields(word, shell, run)) fields.push(field);
  }
  return fields;
}

/** Makes a word into one text, as in an assignment. */
export function expandText(word: Word, shell: Shell, run: RunScript): string {
  let text = "";
  for (const part of word) text += textOf(part, shell, run);
  return text;
}

/** Makes a word into a pattern: what was quoted means only itself. */
export function expandPattern(word: Word, shell: Shell, run: RunScript): string {
  return word
    .map((part) => {
      const text = textOf(part, shell, run);
      return part.quoted ? literally(text) : text;
    })
    .join("");
}

/** What a part becomes where it stays one text. */
function textOf(part: Part, shell: Shell, run: RunScript): string {
  if (part.kind === "text") return part.text;
  const values = valuesOf(part, shell, run);
  return values.length === 1 ? (values[0] ?? "") : values.join(" ");
}

/** Whether a word is one field whatever its values are: nothing in it is split or looked for among the files. */
function staysOne(word: Word): boolean {
  for (const part of word) {
    if (part.kind === "text" ? !part.quoted && special.test(part.text) : !part.quoted) return false;
    if (part.kind === "variable" && part.name === "@") return false;
  }
  return word.length > 0;
}

/** Characters of patterns. */
const special = /[*?[]/;

function expandFields(word: Word, shell: Shell, run: RunScript): string[] {
  if (staysOne(word)) return [expandText(word, shell, run)];
  const fields: Piece[][] = [];
  let current: Piece[] | undefined;
  const add = (piece: Piece): void => {
    current ??= [];
    current.push(piece);
  };
  const end = (): void => {
    if (current !== undefined) fields.push(current);
    current = undefined;
  };
  const separators = shell.variables.get("IFS") ?? " \t\n";
  for (const part of word) {
    if (part.kind === "text") {
      add({ text: part.text, quoted: part.quoted });
      continue;
    }
    const values = valuesOf(part, shell, run);
    if (part.quoted) {
      const several = part.kind === "variable" && part.name === "@";
      if (!several) add({ text: values.join(" "), quoted: true });
      else {
        for (const [index, value] of values.entries()) {
          if (index > 0) end();
          add({ text: value, quoted: true });
        }
      }
      continue;
    }
    for (const [index, value] of values.entries()) {
      if (index > 0) end();
      const pieces = splitFields(value, separators);
      if (pieces.startsWithSeparator) end();
      for (const [place, text] of pieces.fields.entries()) {
        if (place > 0) end();
        add({ text, quoted: false });
      }
      if (pieces.endsWithSeparator) end();
    }
  }
  end();
  return fields.flatMap((pieces) => {
    const text = pieces.map((piece) => piece.text).join("");
    if (!pieces.some((piece) => !piece.quoted && special.test(piece.text))) return [text];
    return glob(pieces.map((piece) => (piece.quoted ? literally(piece.text) : piece.text)).join(""), text, shell);
  });
}

function splitFields(value: string, separators: string) {
  const isSeparator = (character: string | undefined) => character !== undefined && separators.includes(character);
  const fields: string[] = [];
  let text = "";
  for (const character of value) {
    if (!isSeparator(character)) text += character;
    else if (text !== "") {
      fields.push(text);
      text = "";
    }
  }
  if (text !== "") fields.push(text);
  return { fields, startsWithSeparator: isSeparator(value[0]), endsWithSeparator: isSeparator(value.at(-1)) };
}

function valuesOf(part: Exclude<Part, { kind: "text" }>, shell: Shell, run: RunScript): readonly string[] {
  if (part.kind === "output") {
    const collected = new Collected();
    const inner = subshell(shell, { fds: new Map(shell.fds).set(1, collected) });
    shell.status = runToEnd(part.script, inner, run);
    return [collected.text.replace(/\n+$/, "")];
  }
  if (part.kind === "sum") return [String(evaluate(expandText(part.expression, shell, run), shell))];
  const value = parameter(part.name, shell);
  const { change } = part;
  if (change === undefined) {
    if (part.name === "@" || part.name === "*") return shell.args;
    if (value === undefined && shell.nounset) {
      errors(shell).write(`sh: ${part.name}: parameter not set\n`);
      throw new Exit(2);
    }
    return [value ?? ""];
  }
  const filled = value !== undefined && (value !== "" || !change.operator.startsWith(":"));
  switch (change.operator) {
    case "length":
      return [String((value ?? "").length)];
    case ":-":
    case "-":
      return [filled ? (value ?? "") : expandText(change.word, shell, run)];
    case ":+":
    case "+":
      return [filled ? expandText(change.word, shell, run) : ""];
    case "%":
    case "%%":
    case "#":
    case "##":
      return [strip(value ?? "", change.operator, expandPattern(change.word, shell, run))];
    default:
      throw new Error(`the fleet's shell does not know \${${part.name}${change.operator}…}`);
  }
}

/** Runs a script as the whole life of a shell, its EXIT trap included. */
export function runToEnd(script: Script, shell: Shell, run: RunScript): number {
  let status: number;
  try {
    status = run(script, shell);
  } catch (thrown) {
    if (!(thrown instanceof Exit)) throw thrown;
    status = thrown.status;
  }
  shell.status = status;
  const trap = shell.traps.get("EXIT");
  if (trap === undefined) return status;
  shell.traps.delete("EXIT");
  const after = runTrap(trap, shell, run);
  return after ?? status;
}

let parseTrap: (text: string) => Script = () => [];

/** Tells how the text of a trap is read. */
export function trapsAreReadBy(parse: (text: string) => Script): void {
  parseTrap = parse;
}

function runTrap(text: string, shell: Shell, run: RunScript): number | undefined {
  try {
    run(parseTrap(text), shell);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Exit) return thrown.status;
    throw thrown;
  }
}

function parameter(name: string, shell: Shell): string | undefined {
  switch (name) {
    case "?":
      return String(shell.status);
    case "$":
      return String(shell.pid);
    case "#":
      return String(shell.args.length);
    case "0":
      return shell.name;
    case "@":
    case "*":
      return shell.args.join(" ");
    case "PWD":
      return shell.folder;
  }
  const first = name.charCodeAt(0);
  return first >= 0x30 && first <= 0x39 ? shell.args[Number(name) - 1] : shell.variables.get(name);
}

function errors(shell: Shell): Output {
  const stream = shell.fds.get(2);
  return stream !== undefined && "write" in stream ? stream : nowhere;
}

/** The paths that fit a pattern, or the word as it stands when there are none. */
function glob(pattern: string, text: string, shell: Shell): string[] {
  const absolute = pattern.startsWith("/");
  const parts = pattern.split("/").filter((part) => part !== "");
  let places = [absolute ? "" : shell.folder.replace(/\/$/, "")];
  for (const part of parts) {
    const isPattern = special.test(part.replace(/\\./g, ""));
    const plain = part.replace(/\\(.)/g, "$1");
    const matches = patternToRegExp(part);
    places = places.flatMap((place) => {
      if (!isPattern)
        return shell.machine.files.find(`${place}/${plain}`, { follow: false }) === undefined
          ? []
          : [`${place}/${plain}`];
      return shell.machine.files
        .list(place === "" ? "/" : place)
        .filter((name) => matches.test(name) && (!name.startsWith(".") || part.startsWith(".")))
        .map((name) => `${place}/${name}`);
    });
  }
  if (places.length === 0) return [text];
  const prefix = `${folderOf(`${shell.folder}/x`).replace(/\/$/, "")}/`;
  return absolute ? places : places.map((place) => (place.startsWith(prefix) ? place.slice(prefix.length) : place));
}
