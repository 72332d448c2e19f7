import type { Finding } from "./finding.ts";
import { schemaAt } from "./json-schema.ts";
import { listKeys } from "./list-keys.ts";
import { nearest } from "./nearest.ts";
import { type Path, quote } from "./path.ts";
import { isPlannedKey } from "./planned.ts";
import { synonym } from "./synonyms.ts";
import { valueAt } from "./value-at.ts";

/** An unknown key as a finding, and the path of the key that was most likely meant. */
export interface UnknownKey {
  readonly finding: Finding;
  readonly meant: Path | undefined;
}

/** Says for each key no schema knows what was meant, where it belongs or that it is planned. */
export function explainUnknownKeys(parent: Path, keys: readonly string[], document: unknown): UnknownKey[] {
  return keys.map((key) => explainUnknownKey(parent, key, document));
}

function explainUnknownKey(parent: Path, key: string, document: unknown): UnknownKey {
  const path = [...parent, key];
  const known = Object.keys(schemaAt(parent)?.properties ?? {});
  const common = { severity: "error", path, onKey: true, allowed: known.join(", ") } as const;
  if (isPlannedKey(path)) {
    return { finding: { ...common, message: `${quote(key)} is not yet supported by this version` }, meant: undefined };
  }
  if (key === "<<") {
    return {
      finding: { ...common, message: "merge keys (<<) are not supported", hint: "write the values out" },
      meant: undefined,
    };
  }
  const near =
    synonym(key, known) ??
    nearest(
      key,
      known.filter((candidate) => !hasKey(document, parent, candidate)),
    ) ??
    nearest(key, known);
  if (near !== undefined) {
    const finding = { ...common, message: `unknown key ${quote(key)}`, hint: `did you mean ${quote(near)}?` };
    return { finding, meant: [...parent, near] };
  }
  const elsewhere = placeOf(key);
  return {
    finding: {
      ...common,
      message: `unknown key ${quote(key)}`,
      ...(elsewhere === undefined ? {} : { hint: `it belongs to ${quote(elsewhere)}` }),
    },
    meant: undefined,
  };
}

function hasKey(document: unknown, parent: Path, key: string): boolean {
  return valueAt(document, [...parent, key]) !== undefined;
}

let places: Map<string, string> | undefined;

/** Where in the schema a key of exactly this spelling is known, the place nearest to the root. */
function placeOf(key: string): string | undefined {
  if (places === undefined) {
    places = new Map();
    const keys = listKeys().toSorted((left, right) => left.depth - right.depth);
    for (const { path } of keys) {
      const name = path.slice(path.lastIndexOf(".") + 1);
      if (!places.has(name)) places.set(name, path);
    }
  }
  return places.get(key);
}
