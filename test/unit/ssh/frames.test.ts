import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFrameScanner } from "../../../src/ssh/frames.ts";

const mark = "\u001eabcabd ";

function scan(chunks: readonly Buffer[]) {
  const data: Buffer[] = [];
  const marks: string[] = [];
  const scanner = createFrameScanner(
    mark,
    (part) => data.push(Buffer.from(part)),
    (words) => marks.push(words),
  );
  for (const chunk of chunks) scanner.push(chunk);
  return { data: Buffer.concat(data).toString("latin1"), marks };
}

describe("createFrameScanner", () => {
  it("separates output from marks", () => {
    expect(scan([Buffer.from(`out${mark}0 1\nmore${mark}\n`, "latin1")])).toEqual({
      data: "outmore",
      marks: ["0 1", ""],
    });
  });

  it("passes output on at once", () => {
    expect(scan([Buffer.from("no line end")]).data).toBe("no line end");
  });

  it("holds back what may be the beginning of a mark, and gives it out when it is none", () => {
    expect(scan([Buffer.from("x\u001eabc")]).data).toBe("x");
    expect(scan([Buffer.from("x\u001eabc"), Buffer.from("x")]).data).toBe("x\u001eabcx");
  });

  it("takes a mark that never ends for output, instead of keeping what follows", () => {
    const chunks = [Buffer.from(mark), ...Array.from({ length: 100 }, () => Buffer.alloc(1000, "x"))];
    const { data, marks } = scan([...chunks, Buffer.from(`${mark}0 1\n`)]);
    expect(data.length).toBe(mark.length + 100_000);
    expect(marks).toEqual(["0 1"]);
  });

  it("finds the same however the bytes are cut", () => {
    const piece = fc.constantFrom("a", "b", "\u001e", "\u001eabc", "\u001eabcabc", "\n", `${mark}7 0\n`, "\u00ff");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 6 })), (pieces, sizes) => {
        const bytes = Buffer.from(`${pieces.join("")}end of it all`, "latin1");
        const chunks: Buffer[] = [];
        let at = 0;
        for (const size of sizes) {
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        chunks.push(bytes.subarray(at));
        const expected = {
          data: bytes.toString("latin1").replaceAll(`${mark}7 0\n`, ""),
          marks: pieces.filter((one) => one.startsWith(mark)).map(() => "7 0"),
        };
        expect(scan(chunks)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
