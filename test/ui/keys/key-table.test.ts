import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { type Binding, keyTable } from "../../../src/ui/keys/key-table.ts";

const places = Object.entries(keyTable).map(([place, commands]) => ({
  place,
  commands: Object.entries<Binding>(commands),
}));

/** The text of every call `useKeys("place", …)` in the source, by place. */
async function registrations(): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir("src/ui", { recursive: true })).filter((name) => /\.tsx?$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(`src/ui/${name}`, "utf8")));
  const found = new Map<string, string>();
  for (const text of texts) {
    for (const match of text.matchAll(/useKeys\(\s*"(\w+)",/g)) {
      const [whole, place = ""] = match;
      found.set(place, `${found.get(place) ?? ""}${argumentsFrom(text, match.index + whole.length)}`);
    }
  }
  return found;
}

/** What stands between a place in a call and the bracket that ends the call. */
function argumentsFrom(text: string, start: number): string {
  let depth = 1;
  let at = start;
  for (; at < text.length && depth > 0; at++) {
    const sign = text.charAt(at);
    if ("([{".includes(sign)) depth += 1;
    if (")]}".includes(sign)) depth -= 1;
  }
  return text.slice(start, at);
}

describe.each(places)("the keys of $place", ({ place, commands }) => {
  test("no two commands share a key", () => {
    const keys = commands.flatMap(([, { keys: those }]) => those);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test("every command says what it does, as the end of a sentence", () => {
    for (const [, { keys, does }] of commands) {
      expect(keys).not.toEqual([]);
      expect(does).toMatch(/^[a-z].*[^.]$/);
    }
  });

  test("some part of the screen answers to each of them", async () => {
    const handled = (await registrations()).get(place) ?? "";
    const missing = commands.flatMap(([name]) => (new RegExp(`\\b${name}\\b\\s*[:,}(]`).test(handled) ? [] : [name]));
    expect(missing).toEqual([]);
  });
});
