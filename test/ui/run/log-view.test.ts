import { describe, expect, test } from "vitest";
import { createLineBuffer } from "../../../src/ui/run/line-buffer.ts";
import { freshLogView } from "../../../src/ui/run/log-look.ts";
import { everyLine, type LogAction, reduceLogView, visibleLines } from "../../../src/ui/run/log-view.ts";

const buffer = (count: number, capacity = 100) => {
  const lines = createLineBuffer(capacity);
  for (let line = 0; line < count; line++) lines.push(`line ${line}`);
  return lines;
};
const size = { rows: 3, width: 10 };
const act = (lines: ReturnType<typeof buffer>, ...actions: readonly LogAction[]) =>
  actions.reduce((view, action) => reduceLogView(view, action, lines, size), freshLogView);

describe("lines that are kept", () => {
  test("are the newest ones, under the numbers they always had", () => {
    const lines = buffer(250);
    expect([lines.first, lines.total]).toEqual([150, 250]);
    expect([lines.at(149), lines.at(150), lines.at(249), lines.at(250)]).toEqual([
      undefined,
      "line 150",
      "line 249",
      undefined,
    ]);
  });
});

describe("a view of a log", () => {
  test("follows the newest line", () => {
    expect(visibleLines(buffer(5), freshLogView, size)).toEqual(["line 2", "line 3", "line 4"]);
  });

  test("stays where it was scrolled to while lines come, and follows again at the end", () => {
    const lines = buffer(10);
    const up = act(lines, { type: "scroll", by: -2 });
    lines.push("new");
    expect(visibleLines(lines, up, size)).toEqual(["line 5", "line 6", "line 7"]);
    expect(reduceLogView(up, { type: "scroll", by: 9 }, lines, size)).toEqual(freshLogView);
  });

  test("one step down from the oldest lines is one line further", () => {
    const lines = buffer(150);
    const top = act(lines, { type: "oldest" });
    expect(visibleLines(lines, top, size)).toEqual(["line 50", "line 51", "line 52"]);
    const next = act(lines, { type: "oldest" }, { type: "scroll", by: 1 });
    expect(visibleLines(lines, next, size)).toEqual(["line 51", "line 52", "line 53"]);
    expect(act(lines, { type: "scroll", by: -1000 })).toEqual(top);
  });

  test("shows only what contains the text, whatever its case", () => {
    const lines = buffer(30);
    expect(visibleLines(lines, act(lines, { type: "filter", text: "LINE 2" }), size)).toEqual([
      "line 27",
      "line 28",
      "line 29",
    ]);
    expect(everyLine(lines, act(lines, { type: "filter", text: "line 1" }))).toHaveLength(11);
  });

  test("goes from one line that is let through to the next, as many as there are", () => {
    const lines = createLineBuffer(1000);
    for (let line = 0; line < 500; line++) lines.push(line % 100 === 0 ? `here ${line}` : "other");
    const filter: LogAction = { type: "filter", text: "here" };
    expect(visibleLines(lines, act(lines, filter), size)).toEqual(["here 200", "here 300", "here 400"]);
    const up = act(lines, filter, { type: "scroll", by: -1 });
    expect(visibleLines(lines, up, size)).toEqual(["here 100", "here 200", "here 300"]);
    const down = act(lines, filter, { type: "scroll", by: -2 }, { type: "scroll", by: 1 });
    expect(visibleLines(lines, down, size)).toEqual(["here 100", "here 200", "here 300"]);
    const top = act(lines, filter, { type: "scroll", by: -100 });
    expect(visibleLines(lines, top, size)).toEqual(["here 0", "here 100", "here 200"]);
    expect(act(lines, filter, { type: "oldest" })).toEqual(top);
    expect(act(lines, filter, { type: "scroll", by: -2 }, { type: "scroll", by: 9 }).bottom).toBeUndefined();
  });

  test("goes on following where there is nothing to scroll", () => {
    for (const lines of [buffer(0), buffer(2)]) {
      expect(act(lines, { type: "scroll", by: -5 })).toEqual(freshLogView);
      expect(act(lines, { type: "oldest" })).toEqual(freshLogView);
    }
  });

  test("shows the oldest lines from their beginning, however many rows they take", () => {
    const lines = createLineBuffer(10);
    for (const name of ["a", "b", "c", "d"]) lines.push(`${name} ${"x".repeat(10)}`);
    const top = act(lines, { type: "toggle-wrap" }, { type: "oldest" });
    expect(visibleLines(lines, top, size)).toEqual(["a xxxxxxxx", "xx", "b xxxxxxxx"]);
  });

  test("shows the oldest lines that are left once those it stopped at are gone", () => {
    const lines = buffer(100);
    const up = act(lines, { type: "scroll", by: -50 });
    for (let line = 100; line < 1000; line++) lines.push(`line ${line}`);
    expect(visibleLines(lines, up, size)).toEqual(["line 900", "line 901", "line 902"]);
  });

  test("wraps by cells, so that wide characters fit", () => {
    const lines = createLineBuffer(10);
    lines.push("漢字漢字漢字漢字");
    expect(visibleLines(lines, act(lines, { type: "toggle-wrap" }), size)).toEqual(["漢字漢字漢", "字漢字"]);
  });

  test("is looked at from further right, but not while wrapped", () => {
    const lines = buffer(5);
    expect(visibleLines(lines, act(lines, { type: "sideways", by: 5 }), size)).toEqual(["2", "3", "4"]);
    expect(act(lines, { type: "sideways", by: -5 }).from).toBe(0);
    expect(act(lines, { type: "toggle-wrap" }, { type: "sideways", by: 5 }).from).toBe(0);
  });
});
