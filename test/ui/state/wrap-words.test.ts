import { expect, test } from "vitest";
import { wrapWords } from "../../../src/ui/state/wrap-words.ts";

test("words stay whole where they fit", () => {
  expect(wrapWords("one two three", 8)).toEqual(["one two", "three"]);
});

test("a word longer than a line is broken", () => {
  expect(wrapWords("a abcdefgh", 3)).toEqual(["a", "abc", "def", "gh"]);
});

test("what fits stays as it is, with its blanks", () => {
  expect(wrapWords("  NAME   STATUS", 20)).toEqual(["  NAME   STATUS"]);
  expect(wrapWords("  NAME   STATUS", 10)).toEqual(["  NAME", "  STATUS"]);
  expect(wrapWords("  abcdefgh", 6)).toEqual(["  abcd", "  efgh"]);
  expect(wrapWords("", 10)).toEqual([""]);
});

test("wide characters count twice", () => {
  expect(wrapWords("日本 語語語", 5)).toEqual(["日本", "語語", "語"]);
});
