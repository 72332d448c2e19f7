import { expect, test } from "vitest";
import { asciiOnly } from "../../../src/ui/terminal/ascii-only.ts";

test("a text keeps its width and its control sequences, and loses all that is not ASCII", () => {
  expect(asciiOnly("\u001B[1mInstall a cl…\u001B[22m › 3×")).toBe("\u001B[1mInstall a cl.\u001B[22m ? 3x");
});
