import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFile } from "../../../src/ssh/open-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "open-file-"));
});
afterAll(() => rm(folder, { recursive: true }));

test.each([0, 1, 1000, 1 << 18, (1 << 18) + 1, 1_000_000])("a file of %d bytes arrives whole", async (size) => {
  const path = join(folder, String(size));
  const content = Buffer.alloc(size, "content");
  await writeFile(path, content);
  expect((await buffer(openFile(path, size))).equals(content)).toBe(true);
});

test("a small file takes a small buffer", async () => {
  const path = join(folder, "small");
  await writeFile(path, "small");
  const [chunk] = await openFile(path, 5).toArray();
  expect(chunk.buffer.byteLength).toBeLessThan(100);
});
