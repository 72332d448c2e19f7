import { expect, test } from "vitest";
import { wrapWords } from "../../../src/ui/state/wrap-words.ts";

test("words stay whole where they fit", () => {
  expect(wrapWords("one two three", 8)).toEqual(["one two", "three"]);
});

test("a word longer than a line is broken", () => {
  expect(wrapWords("a abcdefgh", 3)).toEqual(["a", "abc", "def", "gh"]);
});
