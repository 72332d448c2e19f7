import { Writable } from "node:stream";
import { setImmediate as round } from "node:timers/promises";
import { expect, test } from "vitest";
import { togetherTo } from "../../../src/cli/write-together.ts";

test("lines of one round of the event loop are written in one go, in their order", async () => {
  const writes: string[] = [];
  const stream = new Writable({
    writev(chunks, done) {
      writes.push(chunks.map(({ chunk }) => String(chunk)).join(""));
      done();
    },
  });
  const write = togetherTo(stream);
  write("one\n");
  write("two\n");
  expect(writes).toEqual([]);
  await round();
  write("three\n");
  await round();
  expect(writes).toEqual(["one\ntwo\n", "three\n"]);
});
