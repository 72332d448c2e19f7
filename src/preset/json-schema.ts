import { z } from "zod";
import type { Path } from "./path.ts";
import { presetSchema } from "./schema/preset.ts";

/** The parts of JSON Schema our schema is made of; keywords of our own begin with `x-`. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly "x-allowed"?: string;
  readonly "x-default"?: string;
}

let generated: JsonSchema | undefined;

/** The JSON Schema of the preset file, for editors and for everything that explains keys. */
export function presetJsonSchema(): JsonSchema {
  generated ??= z.toJSONSchema(presetSchema, { io: "input" }) as JsonSchema;
  return generated;
}

/** The schema of a key, a `$ref` in it followed. */
export function follow(schema: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.replace("#/$defs/", "");
  const { $ref: _, ...own } = schema;
  return { ...presetJsonSchema().$defs?.[name], ...own };
}

/** The schema of what stands below a value: a key of a mapping or an item of a list. */
export function schemaBelow(schema: JsonSchema, part: string | number): JsonSchema | undefined {
  const below = typeof part === "number" ? schema.items : ownProperty(schema, part);
  return below === undefined ? undefined : follow(below);
}

function ownProperty(schema: JsonSchema, key: string): JsonSchema | undefined {
  const { properties = {}, additionalProperties } = schema;
  if (Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

/** The schema of the value at a path, or undefined when no such key exists. */
export function schemaAt(path: Path): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>(
    (schema, part) => (schema === undefined ? undefined : schemaBelow(schema, part)),
    presetJsonSchema(),
  );
}

/** The type of a value in the words of YAML. */
export function typeInWords(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.join(" | ");
  if (schema.const !== undefined) return String(schema.const);
  switch (schema.type) {
    case "object":
      return typeof schema.additionalProperties === "object" ? "mapping of strings" : "mapping";
    case "array":
      return `list of ${schema.items === undefined ? "values" : plural(typeInWords(follow(schema.items)))}`;
    case "integer":
      return "whole number";
    case "boolean":
      return "true or false";
    default:
      return "string";
  }
}

function plural(type: string): string {
  return type === "string" || type === "mapping" ? `${type}s` : type;
}

/** What is allowed for a value, in words; undefined when there is nothing to say beyond the type of its YAML. */
export function allowedInWords(schema: JsonSchema): string | undefined {
  const { minimum, maximum, items } = schema;
  const limits = minimum === undefined || maximum === undefined ? undefined : `${minimum} to ${maximum}`;
  if (schema["x-allowed"] !== undefined) return schema["x-allowed"];
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return schema.enum.join(", ");
  if (schema.maxProperties === 1) return `exactly one of ${Object.keys(schema.properties ?? {}).join(", ")}`;
  if (items?.enum !== undefined) return items.enum.join(", ");
  return limits;
}
