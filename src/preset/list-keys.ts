import { flowText } from "./flow-text.ts";
import { allowedInWords, follow, type JsonSchema, presetJsonSchema, typeInWords } from "./json-schema.ts";

/** One key of the preset with everything its schema says. */
export interface KeyDescription {
  /** As documentation writes it: `spec.topology.static.nodes[].name`. */
  readonly path: string;
  readonly depth: number;
  readonly type: string;
  readonly required: boolean;
  readonly default?: string;
  readonly allowed?: string;
  readonly description: string;
  readonly examples: readonly unknown[];
  /** The path of an earlier key that takes exactly the same keys below it, which are then not listed again. */
  readonly sameAs?: string;
}

/** Every key of the preset, parents before children, in the order of the schema. */
export function listKeys(): KeyDescription[] {
  return below(presetJsonSchema(), "", 0, new Map());
}

function below(schema: JsonSchema, parent: string, depth: number, seen: Map<string, string>): KeyDescription[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const own = follow(property);
    const path = parent === "" ? key : `${parent}.${key}`;
    const required = schema.required?.includes(key) ?? false;
    const inner = own.items === undefined ? own : follow(own.items);
    const innerPath = own.items === undefined ? path : `${path}[]`;
    const fingerprint = inner.properties === undefined ? undefined : JSON.stringify(inner.properties);
    const sameAs = fingerprint === undefined ? undefined : seen.get(fingerprint);
    if (fingerprint !== undefined && sameAs === undefined) seen.set(fingerprint, innerPath);
    return [
      { ...describeKey(own, path, required), depth, ...(sameAs === undefined ? {} : { sameAs }) },
      ...(sameAs === undefined ? below(inner, innerPath, depth + 1, seen) : []),
    ];
  });
}

/** What the schema of one key says, in words. */
export function describeKey(schema: JsonSchema, path: string, required: boolean): Omit<KeyDescription, "depth"> {
  const type = typeInWords(schema);
  const allowed = type.includes(" | ") || schema.const !== undefined ? undefined : allowedInWords(schema);
  const fallback = defaultInWords(schema);
  return {
    path,
    type,
    required,
    description: schema.description ?? "",
    examples: schema.examples ?? [],
    ...(allowed === undefined ? {} : { allowed }),
    ...(fallback === undefined ? {} : { default: fallback }),
  };
}

/** The default as it would be written; a mapping that only collects the defaults of its keys has none worth showing. */
function defaultInWords(schema: JsonSchema): string | undefined {
  if (schema["x-default"] !== undefined) return schema["x-default"];
  if (schema.default === undefined || schema.properties !== undefined) return undefined;
  return flowText(schema.default);
}
