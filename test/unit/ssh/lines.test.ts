import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineSplitter, longestLine } from "../../../src/ssh/lines.ts";

function split(chunks: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}

/** Cuts bytes into chunks of the given sizes, then the rest. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  let at = 0;
  const chunks = sizes.map((size) => {
    at += size;
    return bytes.subarray(at - size, at);
  });
  return [...chunks, bytes.subarray(at)];
}

describe("createLineSplitter", () => {
  it("splits at every kind of line end and gives the last line without one", () => {
    expect(split([Buffer.from("one\ntwo\r\nthree")])).toEqual(["one", "two", "three"]);
    expect(split([Buffer.from("10%\r50%\r100%\ndone\n")])).toEqual(["10%", "50%", "100%", "done"]);
    expect(split([Buffer.from("a\n\nb\n")])).toEqual(["a", "", "b"]);
  });

  it("takes a line end cut in two for one", () => {
    expect(split([Buffer.from("one\r"), Buffer.from("\ntwo")])).toEqual(["one", "two"]);
  });

  it("gives the same lines however the bytes are cut, also within characters", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "ü", "€", "😀", "\n", "\r\n", "x"), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(5)), (given, sizes) => {
        const bytes = Buffer.from(given);
        expect(split(cut(bytes, sizes))).toEqual(split([bytes]));
      }),
    );
  });

  it("hands a line without end on in pieces", () => {
    const lines = split(Array.from({ length: 20 }, () => Buffer.alloc(10_000, "x")));
    expect(lines.join("")).toBe("x".repeat(200_000));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(longestLine);
  });
});
