import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dump } from "js-yaml";
import { follow, type JsonSchema, schemaAt, schemaBelow } from "./json-schema.ts";
import type { Path } from "./path.ts";
import type { PartlyPreset } from "./salvage.ts";

export interface WriteOptions {
  /** Where editors find the JSON Schema; the copy that came with this program unless told. */
  readonly schemaLocation?: string;
  /** Lines for the reader, put on top as comments. */
  readonly comment?: readonly string[];
}

/** A preset, complete or not, as YAML text, its keys in the order of the schema, with the header that makes editors complete and check it. */
export function writePreset(preset: PartlyPreset, { schemaLocation, comment = [] }: WriteOptions = {}): string {
  const location = schemaLocation ?? shippedSchema();
  const header = [...(location === undefined ? [] : [`yaml-language-server: $schema=${location}`]), ...comment];
  return [...header.map((line) => `# ${line}`.trimEnd()), writePart(preset, [])].join("\n");
}

/** The value at one place of a preset as YAML text, its keys in the order of the schema. */
export function writePart(value: unknown, path: Path): string {
  return dump(inSchemaOrder(value, schemaAt(path)), { lineWidth: 100, quoteStyle: "double", noRefs: true });
}

function inSchemaOrder(value: unknown, schema: JsonSchema | undefined): unknown {
  if (Array.isArray(value)) {
    const items = schema?.items === undefined ? undefined : follow(schema.items);
    return value.map((item) => inSchemaOrder(item, items));
  }
  if (typeof value !== "object" || value === null) return value;
  const order = Object.keys(schema?.properties ?? {});
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([left], [right]) => rank(left) - rank(right));
  return Object.fromEntries(
    entries.map(([key, inner]) => [
      key,
      inSchemaOrder(inner, schema === undefined ? undefined : schemaBelow(schema, key)),
    ]),
  );
}

/** The schema lies beside the built program, or two folders above this file when run from its sources. */
function shippedSchema(): string | undefined {
  return ["../schema/preset.v1.json", "../../schema/preset.v1.json"]
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((place) => existsSync(place));
}
