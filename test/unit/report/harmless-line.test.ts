import { expect, test } from "vitest";
import { harmlessLine, harmlessText } from "../../../src/report/harmless-line.ts";

test.each([
  ["::error::x", ".::error::x"],
  ["  ::add-mask::secret", ".  ::add-mask::secret"],
  ["a ##[set-env name=PATH]/evil", "a ## [set-env name=PATH]/evil"],
  ["std::vector", "std::vector"],
])("%s is no command of a runner any more", (line, harmless) => {
  expect(harmlessLine(line)).toBe(harmless);
});

test("text is left as it is where no runner reads it", () => {
  const text = "one\n::error::two";
  expect(harmlessText(text, {})).toBe(text);
  expect(harmlessText(text, { GITHUB_ACTIONS: "true" })).toBe("one\n.::error::two");
});
