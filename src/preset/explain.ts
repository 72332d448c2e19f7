import { InstallerError } from "../engine/errors.ts";
import { flowText } from "./flow-text.ts";
import { follow, type JsonSchema, presetJsonSchema, schemaBelow } from "./json-schema.ts";
import { describeKey, type KeyDescription, listKeys } from "./list-keys.ts";
import { nearest } from "./nearest.ts";
import { quote } from "./path.ts";
import { synonym } from "./synonyms.ts";

/** The tree of all keys, one per line, with type and default. */
export function explainAll(): string {
  const keys = listKeys();
  const lines = keys.map((key) => ({ name: `${"  ".repeat(key.depth)}${lastPart(key.path)}`, about: summary(key) }));
  const width = Math.max(...lines.map(({ name }) => name.length)) + 2;
  return lines.map(({ name, about }) => `${name.padEnd(width)}${about}`.trimEnd()).join("\n");
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function summary(key: KeyDescription): string {
  const isParent = key.type === "mapping" && key.sameAs === undefined;
  const parts = [
    isParent ? "" : key.type,
    key.required ? "required" : "",
    key.default === undefined ? "" : `default: ${key.default}`,
    key.sameAs === undefined ? "" : `with the keys of ${key.sameAs}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/**
 * Everything about one key: what it is for, type, default, what is allowed, an example, the keys below it.
 * @param text a path such as `spec.network.podCIDR`, or the key alone
 * @throws InstallerError `usage` when there is no such key
 */
export function explainKey(text: string): string {
  const { schema, path, required } = find(text);
  const key = describeKey(schema, path, required);
  const facts = [
    ["type", key.type],
    ["required", key.required ? "yes" : undefined],
    ["default", key.default],
    ["allowed", key.allowed],
    ["example", exampleOf(key)],
  ].flatMap(([name = "", value]) => (value === undefined ? [] : [`  ${`${name}:`.padEnd(10)}${value}`]));
  return [path, `  ${key.description}`, "", ...facts, ...keysBelow(schema)].join("\n");
}

function exampleOf({ path, examples }: KeyDescription | Omit<KeyDescription, "depth">): string | undefined {
  const name = lastPart(path).replace(/\[\]$/, "");
  return examples.length === 0 ? undefined : `${name}: ${flowText(examples[0])}`;
}

function keysBelow(schema: JsonSchema): string[] {
  const inner = schema.items === undefined ? schema : follow(schema.items);
  const entries = Object.entries(inner.properties ?? {});
  if (entries.length === 0) return [];
  const width = Math.max(...entries.map(([name]) => name.length)) + 2;
  const title = schema.items === undefined ? "keys:" : "keys of each item:";
  const lines = entries.map(([name, below]) => `    ${name.padEnd(width)}${follow(below).description ?? ""}`);
  return ["", `  ${title}`, ...lines];
}

interface Found {
  readonly schema: JsonSchema;
  readonly path: string;
  readonly required: boolean;
}

function find(text: string): Found {
  const parts = text.split(/[.[\]]+/).filter((part) => part !== "" && !/^\d+$/.test(part));
  let at: Found = { schema: presetJsonSchema(), path: "", required: false };
  for (const [index, part] of parts.entries()) {
    const next = step(at, part);
    if (next === undefined) return findByName(parts, index, at);
    at = next;
  }
  return at.path === "" ? findByName([text], 0, at) : at;
}

/** One key further down; the items of a list are entered without saying so. */
function step(at: Found, part: string): Found | undefined {
  const inList = at.schema.items !== undefined;
  const around = at.schema.items === undefined ? at.schema : follow(at.schema.items);
  const schema = schemaBelow(around, part);
  if (schema === undefined) return undefined;
  const path = at.path === "" ? part : `${at.path}${inList ? "[]" : ""}.${part}`;
  return { schema, path, required: around.required?.includes(part) ?? false };
}

/** A key named without its path, when only one is called so; otherwise what could have been meant. */
function findByName(parts: readonly string[], failed: number, at: Found): Found {
  const wanted = parts[failed] ?? "";
  const all = listKeys().map(({ path }) => path);
  const named = all.filter((path) => path.endsWith(`.${parts.join(".")}`));
  const [only] = named;
  if (only !== undefined && (named.length === 1 || failed === 0)) {
    if (named.length === 1) return find(only);
    throw unknownKey(parts.join("."), `name one of ${named.map((path) => `\`${path}\``).join(", ")}`);
  }
  const around = at.schema.items === undefined ? at.schema : follow(at.schema.items);
  const siblings = Object.keys(around.properties ?? {});
  const near = synonym(wanted, siblings) ?? nearest(wanted, siblings);
  const prefix = at.path === "" ? "" : `${at.path}.`;
  const elsewhere =
    near === undefined ? all.find((path) => lastPart(path) === nearest(wanted, all.map(lastPart))) : undefined;
  const meant = near === undefined ? elsewhere : `${prefix}${near}`;
  const parent = at.path === "" ? "a preset" : at.path;
  throw unknownKey(
    parts.join("."),
    meant === undefined
      ? siblings.length === 0
        ? `\`${at.path}\` has no keys below it`
        : `the keys of ${parent} are ${siblings.join(", ")}`
      : `did you mean \`kube-installer preset explain ${meant}\`?`,
  );
}

function unknownKey(name: string, next: string): InstallerError {
  return new InstallerError("usage", {
    message: `A preset has no key ${quote(name)}.`,
    nextSteps: [next, "`kube-installer preset explain` lists all keys."],
  });
}
