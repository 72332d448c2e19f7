import { expect, test } from "vitest";
import { afterAnswer, firstRow, focusedIndex, moveFocus } from "../../../src/ui/widgets/form-focus.ts";

const rows = [
  { id: "title", kind: "title" },
  { id: "packages", kind: "option", marked: false },
  { id: "bundle", kind: "option", marked: true },
  { id: "path", kind: "text" },
  { id: "add", kind: "action" },
] as const;

test("the answer that holds has the focus at first, so that it is one Enter away", () => {
  expect(firstRow(rows)).toBe("bundle");
  expect(firstRow(rows.slice(3))).toBe("path");
  expect(firstRow([])).toBeUndefined();
});

test("the focus goes round and passes lines that are only read", () => {
  expect(moveFocus(rows, 4, 1)).toBe("packages");
  expect(moveFocus(rows, 1, -1)).toBe("add");
});

test("after one of several answers comes what stands behind all of them", () => {
  expect(afterAnswer(rows, "packages")).toBe("path");
  expect(afterAnswer(rows, "path")).toBe("add");
  expect(afterAnswer(rows, "add")).toBeUndefined();
});

test("when the focused line is gone another one has the focus", () => {
  expect(focusedIndex(rows, "gone")).toBe(1);
});
