import fc from "fast-check";
import { parse, stringify } from "smol-toml";
import { expect, test } from "vitest";
import { editToml, valueAt } from "../../../../src/steps/runtime/toml-edit.ts";

const key = fc.constantFrom("a", "b", "c d", 'e"f', "io.x.v1", "g-h");
const value = fc.oneof(fc.string(), fc.boolean(), fc.array(fc.string(), { maxLength: 2 }));
const leaf = fc.oneof(value, fc.integer({ min: 0, max: 9 }));
const table = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf)))));

/** Every value of a table that is no table itself, with its path. */
function leaves(content: unknown, path: readonly string[] = []): { path: readonly string[]; value: unknown }[] {
  if (typeof content !== "object" || content === null || Array.isArray(content)) return [{ path, value: content }];
  return Object.entries(content).flatMap(([name, inner]) => leaves(inner, [...path, name]));
}

const isOnTheWay = (path: readonly string[], other: readonly string[]) =>
  path.slice(0, other.length).every((part, index) => part === other[index]);

test("a value set in any text is there afterwards, and nothing else has changed", () => {
  fc.assert(
    fc.property(table, fc.array(key, { minLength: 1, maxLength: 3 }), value, (content, path, wanted) => {
      const text = stringify(content);
      const edited = parse(editToml(text, [{ path, value: wanted }]));
      const others = (from: unknown) =>
        leaves(from).filter((found) => !isOnTheWay(path, found.path) && !isOnTheWay(found.path, path));
      expect(valueAt(edited, path)).toEqual(wanted);
      expect(others(edited)).toEqual(expect.arrayContaining(others(parse(text))));
      expect(others(edited)).toHaveLength(others(parse(text)).length);
    }),
  );
});
