import { expect, test } from "vitest";
import { printableText } from "../../../src/engine/printable.ts";
import { Secret } from "../../../src/engine/secret.ts";

new Secret("rhubarb-and-custard");

test("text of a machine loses terminal sequences line by line", () => {
  expect(printableText("a\u001b[2Jb\rc\u0000\n\u001b]0;owned\u0007d\te")).toBe("abc\nd\te");
});

test("a secret is found also when sequences or control characters stand within it", () => {
  expect(printableText("it is rhubarb\u001b[0m-and-\u0000custard!")).toBe("it is [secret]!");
});
