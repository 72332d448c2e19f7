import { expect, test } from "vitest";
import { follow, type JsonSchema, presetJsonSchema } from "../../../src/preset/json-schema.ts";

function everyKey(
  schema: JsonSchema,
  path: string,
  above: readonly unknown[] = [],
): { path: string; schema: JsonSchema }[] {
  const inner = follow(schema);
  const { properties = {}, items } = inner;
  if (above.includes(schema.$ref)) return [];
  const trail = schema.$ref === undefined ? above : [...above, schema.$ref];
  const children = Object.entries(properties).flatMap(([key, below]) => everyKey(below, `${path}.${key}`, trail));
  return [{ path, schema: inner }, ...children, ...(items === undefined ? [] : everyKey(items, `${path}[]`, trail))];
}

test("every key says what it is for and gives an example", () => {
  const keys = everyKey(presetJsonSchema(), "preset");
  expect(keys.length).toBeGreaterThan(60);
  expect(keys.filter(({ schema }) => !schema.description?.endsWith(".")).map(({ path }) => path)).toEqual([]);
  const withoutExample = keys.filter(({ schema }) => schema.examples === undefined).map(({ path }) => path);
  expect(withoutExample).toEqual(["preset"]);
});
