import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sanitizeLine } from "../../../src/engine/sanitize.ts";

describe("sanitizeLine", () => {
  it.each([
    ["a cleared screen", "\u001b[2J\u001b[Hhello", "hello"],
    ["a window title", "\u001b]0;owned\u0007hello", "hello"],
    ["a link", "\u001b]8;;http://evil\u001b\\click\u001b]8;;\u001b\\", "click"],
    ["a device control string", "\u001bP+q544e\u001b\\hello", "hello"],
    ["one-byte forms", "\u009b31mred\u009d0;title\u009chello", "redhello"],
    ["a sequence that never ends", "hello\u001b]0;title", "hello"],
    ["bells, backspaces and NULs", "he\u0007l\b\u0000lo", "hello"],
    ["reversed text", "abc\u202edef", "abcdef"],
    ["colours", "\u001b[1;31mred\u001b[0m", "red"],
  ])("takes out %s", (_what, line, clean) => {
    expect(sanitizeLine(line)).toBe(clean);
  });

  it("keeps tabs and every printable character", () => {
    expect(sanitizeLine("a\tb grün 漢字 😀")).toBe("a\tb grün 漢字 😀");
  });

  it("keeps colours and nothing else when asked to", () => {
    expect(sanitizeLine("\u001b[2K\u001b[1;31mred\u001b[0m\u0007", { keepColours: true })).toBe(
      "\u001b[1;31mred\u001b[0m",
    );
  });

  it("leaves no control character, whatever comes", () => {
    const nasty = fc.string({
      unit: fc.constantFrom("\u001b", "[", "]", "P", "m", "0", ";", "\u0007", "\\", "\u009b", "a"),
      maxLength: 30,
    });
    fc.assert(
      fc.property(nasty, (line) => {
        expect(sanitizeLine(line)).not.toMatch(/\p{Cc}/u);
        expect(sanitizeLine(sanitizeLine(line))).toBe(sanitizeLine(line));
      }),
      { numRuns: 2000 },
    );
  });
});
