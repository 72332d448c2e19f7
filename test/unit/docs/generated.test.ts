import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { generated, wanted } from "../../../scripts/docs/generated.ts";

test.each(generated)("$file is what the code says (else run: node scripts/docs.mjs)", async (entry) => {
  const current = await readFile(entry.file, "utf8");
  expect(current).toBe(wanted(entry, current));
});
