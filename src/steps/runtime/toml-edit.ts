import { isDeepStrictEqual } from "node:util";
import { parse, stringify, type TomlTable, type TomlValue } from "smol-toml";

/** A value and where it belongs: the tables from the outside in, the key last. */
export interface TomlSetting {
  readonly path: readonly string[];
  readonly value: string | number | boolean | readonly string[];
}

/**
 * Sets values in a TOML text and leaves every other line, comments included, as it is. Only a text that sets the same
 * things in a way that cannot be edited line by line, e.g. in inline tables, is written anew from its values.
 * @throws TomlError when the text is not TOML
 */
export function editToml(text: string, settings: readonly TomlSetting[]): string {
  const wanted = merged(parse(text), settings);
  const edited = settings.reduce(setInText, text);
  return means(edited, wanted) ? edited : stringify(wanted);
}

/** The value at a path of a parsed text. */
export function valueAt(table: TomlTable, path: readonly string[]): TomlValue | undefined {
  return path.reduce<TomlValue | undefined>((value, key) => (isTable(value) ? value[key] : undefined), table);
}

function merged(table: TomlTable, settings: readonly TomlSetting[]): TomlTable {
  const result = structuredClone(table);
  for (const { path, value } of settings) {
    let place: TomlTable = result;
    for (const key of path.slice(0, -1)) {
      const inner = place[key];
      const next: TomlTable = isTable(inner) ? inner : {};
      place[key] = next;
      place = next;
    }
    place[path.at(-1) ?? ""] = typeof value === "object" ? [...value] : value;
  }
  return result;
}

function means(text: string, wanted: TomlTable): boolean {
  try {
    return isDeepStrictEqual(plain(parse(text)), plain(wanted));
  } catch {
    return false;
  }
}

/** Without the prototypes in which parsed and made tables differ. */
function plain(table: TomlTable): unknown {
  return JSON.parse(JSON.stringify(table));
}

function setInText(text: string, { path, value }: TomlSetting): string {
  const table = path.slice(0, -1);
  const key = path.at(-1) ?? "";
  const line = `${quoted(key)} = ${JSON.stringify(value)}`;
  const lines = text.split("\n");
  const start = table.length === 0 ? 0 : lines.findIndex((candidate) => isHeader(candidate, table)) + 1;
  if (table.length > 0 && start === 0) {
    const header = `[${table.map(quoted).join(".")}]`;
    return `${text.replace(/\n*$/, "")}\n\n${header}\n  ${line}\n`;
  }
  const next = lines.findIndex((candidate, index) => index >= start && /^\s*\[/.test(candidate));
  const end = next < 0 ? lines.length : next;
  const indent = /^\s*/.exec(lines[start - 1] ?? "")?.[0] ?? "";
  const existing = lines.findIndex((candidate, index) => index >= start && index < end && isKey(candidate, key));
  if (existing >= 0) lines[existing] = `${/^\s*/.exec(lines[existing] ?? "")?.[0] ?? ""}${line}`;
  else lines.splice(start, 0, table.length === 0 ? line : `${indent}  ${line}`);
  return lines.join("\n");
}

function isHeader(line: string, table: readonly string[]): boolean {
  const inside = /^\s*\[([^[].*)\]\s*(?:#.*)?$/.exec(line)?.[1];
  return inside !== undefined && isDeepStrictEqual(keysOf(inside), table);
}

function isKey(line: string, key: string): boolean {
  const equals = line.indexOf("=");
  return equals > 0 && isDeepStrictEqual(keysOf(line.slice(0, equals)), [key]);
}

/** The parts of a dotted key, e.g. `plugins."io.containerd.grpc.v1.cri".cni`. @see https://toml.io/en/v1.0.0#keys */
function keysOf(text: string): readonly string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+)/g)].map(
    ([, basic, literal, bare]) => basic ?? literal ?? bare ?? "",
  );
}

function quoted(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}
