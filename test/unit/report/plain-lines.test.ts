import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/secret.ts";
import { plainLines } from "../../../src/report/plain-lines.ts";

const join = { step: "kubeadm.join", title: "Join the cluster", node: "w-1" };

function linesOf(verbose = false): { lines: string[]; reporter: ReturnType<typeof plainLines> } {
  const lines: string[] = [];
  return { lines, reporter: plainLines({ write: (line) => lines.push(line.slice("12:03:11 ".length)), verbose }) };
}

test("one line per finished step, with what was seen and how long a change took", () => {
  const { lines, reporter } = linesOf();
  reporter.emit({ type: "run-started", steps: 2, nodes: ["w-1"], dryRun: false });
  reporter.emit({ type: "step-started", ...join });
  reporter.emit({ type: "step-output", ...join, line: "[preflight] Running pre-flight checks" });
  reporter.emit({
    type: "step-finished",
    ...join,
    outcome: "changed",
    message: "node is in the cluster",
    durationMs: 14_200,
  });
  reporter.end();
  expect(lines).toEqual([
    "cluster running 2 steps on 1 nodes",
    "w-1     done    Join the cluster: node is in the cluster (14.2 s)",
  ]);
});

test("verbose also shows what the commands print", () => {
  const { lines, reporter } = linesOf(true);
  reporter.emit({ type: "step-output", ...join, line: "[preflight] Running pre-flight checks" });
  reporter.end();
  expect(lines).toEqual(["w-1             | [preflight] Running pre-flight checks"]);
});

test("the last line counts", () => {
  const { lines, reporter } = linesOf();
  reporter.emit({
    type: "run-finished",
    outcome: "partial",
    durationMs: 61_000,
    counts: { satisfied: 3, changed: 20, "would-change": 0, failed: 1, skipped: 4 },
    setAside: ["w-2"],
    criticalPath: [],
  });
  reporter.end();
  expect(lines).toEqual([
    "cluster partial after 1 min 01 s: 3 satisfied, 20 changed, 1 failed, 4 skipped; set aside: w-2",
  ]);
});

test("a secret never reaches the terminal", () => {
  const token = new Secret("abcdef.0123456789abcdef");
  const { lines, reporter } = linesOf(true);
  reporter.emit({ type: "step-output", ...join, line: `token ${token.reveal()} created` });
  reporter.end();
  expect(lines.join()).toContain("token [secret] created");
});

test("a past run can be shown with the times it had", () => {
  const lines: string[] = [];
  const clock = () => new Date("2026-11-21T12:03:11.250Z");
  const reporter = plainLines({ write: (line) => lines.push(line), clock });
  reporter.emit({ type: "diagnostic", level: "info", message: "3 nodes reached" });
  reporter.end();
  expect(lines).toEqual(["12:03:11 cluster 3 nodes reached"]);
});
