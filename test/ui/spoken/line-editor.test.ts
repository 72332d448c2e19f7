import fc from "fast-check";
import { expect, test } from "vitest";
import { createLineEditor } from "../../../src/ui/spoken/line-editor.ts";

/** What was entered and shown after some keys. */
function typing(...typed: readonly string[]) {
  const lines: string[] = [];
  let shown = "";
  const echo = (text: string) => {
    shown += text;
  };
  const editor = createLineEditor({ echo, onLine: (line) => lines.push(line) });
  const left = typed.map((text) => editor.take(text)).includes("leave");
  return { lines, shown, left };
}

test("what is typed is shown behind what stands there, and is the line after Enter", () => {
  expect(typing("d", "e", "mo", "\r")).toEqual({ lines: ["demo"], shown: "demo\n", left: false });
});

test("the last character is taken back from the end, however many cells and code points it has", () => {
  expect(typing("dex\u007F\bmo\r")).toEqual({ lines: ["dmo"], shown: "dex\b \b\b \bmo\n", left: false });
  expect(typing("a漢\u007F\r")).toEqual({ lines: ["a"], shown: "a漢\b\b  \b\b\n", left: false });
  expect(typing("ae\u0301\u007F\r").lines).toEqual(["a"]);
  expect(typing("\u007F\r")).toEqual({ lines: [""], shown: "\n", left: false });
});

test("Ctrl-W takes the last word back, Ctrl-U everything", () => {
  expect(typing("save my file \u0017x\r").lines).toEqual(["save my x"]);
  expect(typing("one two\u0015x\r").lines).toEqual(["x"]);
  expect(typing("   \u0017x\r").lines).toEqual(["x"]);
});

test("several lines come one by one, whatever ends them, with their blanks", () => {
  expect(typing("all:\r  hosts:\n\ta\r\n\r\n").lines).toEqual(["all:", "  hosts:", "\ta", ""]);
});

test("keys that would move the cursor do nothing, even when they come in pieces", () => {
  expect(typing("ab\u001B[D\u001B[1;5C\u001BOHc\u001B", "[", "3~\u001Bbd\r").lines).toEqual(["abcd"]);
});

test("Ctrl-C leaves at once, Ctrl-D on an empty line", () => {
  expect(typing("ab\u0003cd\r")).toEqual({ lines: [], shown: "ab", left: true });
  expect(typing("\u0004")).toEqual({ lines: [], shown: "", left: true });
  expect(typing("ab\u0004\r")).toEqual({ lines: ["ab"], shown: "ab\n", left: false });
});

test("whatever is typed, nothing is shown that draws anything anew", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), (typed) => {
      const { shown } = typing(...typed);
      expect(shown.replaceAll(/[\n\b]/g, "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
