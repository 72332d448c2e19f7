import { expect, test } from "vitest";
import { fields } from "../../../src/steps/fields.ts";

test("lines of a look script become names and values", () => {
  expect([...fields("admin\nreadyz ok\nanswer the server could not\n\nempty \n")]).toEqual([
    ["admin", ""],
    ["readyz", "ok"],
    ["answer", "the server could not"],
    ["empty", ""],
  ]);
});
