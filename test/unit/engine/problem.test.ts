import { describe, expect, test } from "vitest";
import { countProblems, formatProblem, type Problem } from "../../../src/engine/problem.ts";

const problem: Problem = {
  severity: "error",
  file: "demo.yaml",
  line: 12,
  column: 4,
  path: "spec.name",
  message: "unknown key",
  hint: 'did you mean "named"?',
  allowed: "named",
  excerpt: { text: "\tx name: 1", from: 3, length: 4 },
};

describe("a printed problem", () => {
  test("names the place, underlines it below tabs too, and says what to do", () => {
    expect(formatProblem(problem).split("\n")).toEqual([
      "demo.yaml:12:4: error: spec.name: unknown key",
      " 12 | \tx name: 1",
      "    | \t  ^^^^",
      '    = did you mean "named"?',
      "    = allowed: named",
    ]);
  });
  test("is one line when there is nothing to show", () => {
    const { excerpt: _excerpt, hint: _hint, allowed: _allowed, ...bare } = problem;
    expect(formatProblem({ ...bare, path: "", severity: "warning" })).toBe("demo.yaml:12:4: warning: unknown key");
  });
});

test("problems are counted by severity", () => {
  const warning = { ...problem, severity: "warning" } as const;
  expect(countProblems([])).toBe("no problems");
  expect(countProblems([problem])).toBe("1 error");
  expect(countProblems([problem, problem, warning])).toBe("2 errors, 1 warning");
});
