import { styledCharsFromTokens, tokenize } from "@alcalzone/ansi-tokenize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);
const ink = (name: string) => load(`node_modules/ink/build/${name}.js`);
const ours = (name: string) => load(`scripts/build/quick-ink/${name}.mjs`);

async function load(file: string) {
  return (await import(new URL(file, root).href)).default;
}

interface Output {
  write(x: number, y: number, text: string, options: { transformers: readonly ((line: string) => string)[] }): void;
  clip(edges: { x1?: number; x2?: number; y1?: number; y2?: number }): void;
  unclip(): void;
  get(): { output: string; height: number };
}

/** What a terminal shows in each cell, without the blanks at the end. */
function cells(line: string): readonly (readonly [string, string])[] {
  const all = styledCharsFromTokens(tokenize(line)).map(({ value, styles }): [string, string] => [
    value,
    styles
      .map(({ code }) => code)
      .toSorted()
      .join(""),
  ]);
  const last = all.findLastIndex(([value]) => value !== " ");
  return all.slice(0, last + 1);
}

const colour = fc.constantFrom("", "\u001B[2m", "\u001B[4m", "\u001B[38;2;86;180;233m");
const ends: Readonly<Record<string, string>> = { "\u001B[2m": "\u001B[22m", "\u001B[4m": "\u001B[24m" };
const word = fc.string({
  unit: fc.constantFrom("a", "Z", " ", "~", "✔", "…", "█", "é", "’", "日", "👍"),
  minLength: 1,
  maxLength: 9,
});
const piece = fc
  .tuple(colour, word)
  .map(([code, text]) => `${code}${text}${code === "" ? "" : (ends[code] ?? "\u001B[39m")}`);
const line = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(""));
const text = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n"));
const at = { x: fc.nat(20), y: fc.nat(5) };
const edges = fc.record({
  x1: fc.nat(10),
  x2: fc.integer({ min: 11, max: 30 }),
  y1: fc.nat(2),
  y2: fc.integer({ min: 3, max: 7 }),
});
const drawing = fc.array(
  fc.record({ ...at, text, edges: fc.option(edges, { nil: undefined }), inverse: fc.boolean() }),
  {
    maxLength: 6,
  },
);

describe("what stands in for parts of Ink", () => {
  test("puts frames together that look the same, also where texts lie on each other or are cut", async () => {
    const [Theirs, Ours] = [await ink("output"), await ours("output")];
    const draw = (output: Output, given: typeof drawing extends fc.Arbitrary<infer T> ? T : never) => {
      for (const { x, y, text: shown, edges: clip, inverse } of given) {
        if (clip !== undefined) output.clip(clip);
        output.write(x, y, shown, { transformers: inverse ? [(one) => `\u001B[7m${one}\u001B[27m`] : [] });
        if (clip !== undefined) output.unclip();
      }
      return output.get();
    };
    fc.assert(
      fc.property(drawing, (given) => {
        const theirs = draw(new Theirs({ width: 40, height: 6 }), given);
        const quick = draw(new Ours({ width: 40, height: 6 }), given);
        expect(quick.output.split("\n").map(cells)).toEqual(theirs.output.split("\n").map(cells));
        expect(quick.height).toBe(theirs.height);
      }),
    );
  });

  test("measures as wide", async () => {
    const [theirs, quick] = [(await import("string-width")).default, await ours("string-width")];
    fc.assert(
      fc.property(line, (given) => {
        expect(quick(given)).toBe(theirs(given));
      }),
    );
    for (let point = 0x20; point < 0x3000; point++) {
      const character = String.fromCodePoint(point);
      expect(`${point.toString(16)}: ${quick(character)}`).toBe(`${point.toString(16)}: ${theirs(character)}`);
    }
  });

  test("cuts lines off at the same place", async () => {
    const [theirs, quick] = [await ink("wrap-text"), await ours("wrap-text")];
    fc.assert(
      fc.property(line, fc.integer({ min: 1, max: 25 }), (given, width) => {
        const letters = (cut: string) => cells(cut).map(([value]) => value);
        expect(letters(quick(given, width, "truncate-end"))).toEqual(letters(theirs(given, width, "truncate-end")));
      }),
    );
  });

  test("gives texts the same colours, and takes the same out of them", async () => {
    const [paint, quickPaint] = [await ink("colorize"), await ours("colorize")];
    const [clean, quickClean] = [await ink("sanitize-ansi"), await ours("sanitize-ansi")];
    fc.assert(
      fc.property(text, fc.constantFrom("#56b4e9", "red", undefined), (given, name) => {
        expect(quickPaint(given, name, "foreground")).toBe(paint(given, name, "foreground"));
      }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("", "\u001B[2K", "\u009B2J", "\u001B]0;t\u0007"), (given, control) => {
        expect(quickClean(given + control)).toBe(clean(given + control));
      }),
    );
  });
});
