import { describe, expect, test } from "vitest";
import { review } from "../../../src/engine/review.ts";
import { Secret } from "../../../src/engine/secret.ts";
import { type ActiveRun, activeRun } from "../../../src/ui/run/active-run.ts";
import { failureLines, failuresOf } from "../../../src/ui/run/failures.ts";
import { headline, waysOn } from "../../../src/ui/run/outcome.ts";
import { reportLines } from "../../../src/ui/run/report.ts";
import type { RunRequest } from "../../../src/ui/services.ts";

const error = { code: "command-failed", message: "it broke", node: "w-1" } as const;
const entries = ["cp-1", "w-1", "w-2"].map((node) => ({
  ...({ key: `a@${node}`, step: "a", title: "Do a", node, kind: "create", saw: "", needs: [] } as const),
}));
const request: RunRequest = { command: "install", cluster: "demo", presetFile: "demo.yaml" };
const nodes = [
  { name: "cp-1", roles: ["control-plane"] },
  { name: "w-1", roles: ["worker"] },
  { name: "w-2", roles: ["worker"] },
];

function run(changes: Partial<RunRequest> = {}): ActiveRun {
  return activeRun({ request: { ...request, ...changes }, foreseen: { nodes, review: review(entries) } });
}

describe("failures", () => {
  test("are told once, although the step and the end of the run both tell them", () => {
    const one = run();
    one.take({
      ...{
        type: "step-finished",
        step: "a",
        title: "Do a",
        node: "w-1",
        outcome: "failed",
        message: "",
        durationMs: 1,
      },
      error,
    });
    expect(failuresOf({ ...one, end: { exitCode: 1, error } })).toMatchObject([{ title: "Do a", node: "w-1" }]);
  });

  test("on several nodes are told apart although they say the same", () => {
    const end = {
      exitCode: 4,
      error: { ...error, failures: [error, { ...error, node: "w-2" }] },
    };
    expect(failuresOf({ ...run(), end }).map(({ node }) => node)).toEqual(["w-1", "w-2"]);
  });

  test("are read from the most important on, with the last twenty lines only", () => {
    const output = Array.from({ length: 30 }, (_, line) => `line ${line}`).join("\n");
    const lines = failureLines({
      title: "Do a",
      node: "w-1",
      error: {
        ...error,
        command: "first\nsecond",
        commandExitCode: 3,
        output,
        likelyCause: "bad luck",
        nextSteps: ["wait"],
      },
    });
    expect(lines.slice(0, 8)).toEqual([
      "Do a on w-1",
      "it broke",
      "Likely cause: bad luck",
      "Next: wait",
      "Command: first",
      "  second",
      "Exit code: 3",
      "Last lines:",
    ]);
    expect(lines.slice(8)).toHaveLength(20);
    expect(lines.at(-1)).toBe("  line 29");
  });
});

describe("ways on", () => {
  const ways = (exitCode: number, node?: string) =>
    waysOn({ ...run(), end: { exitCode } }, node).map(({ value }) => value);

  test("a worker can be left out, a control plane cannot, and neither without a node", () => {
    expect(ways(1, "w-1")).toEqual(["retry", "skip", "shell", "report", "quit"]);
    expect(ways(1, "cp-1")).toEqual(["retry", "shell", "report", "quit"]);
    expect(ways(1)).toEqual(["retry", "report", "quit"]);
  });

  test("the usual one comes first and what is dangerous never does", () => {
    for (const exitCode of [1, 3, 4, 6, 7, 130]) {
      expect(waysOn({ ...run(), end: { exitCode } }, undefined)[0]?.danger).not.toBe(true);
    }
    expect(ways(7)).toContain("break-lock");
    expect(ways(1)).not.toContain("break-lock");
  });

  test("each kind of end has words of its own", () => {
    const words = [1, 3, 4, 6, 7, 130].map((exitCode) => headline({ ...run(), end: { exitCode } }));
    expect(new Set(words).size).toBe(6);
  });
});

describe("a run of some nodes", () => {
  test("is planned for them and the control planes", () => {
    const { plan, model } = run({ only: ["w-2"] });
    expect(plan.map(({ node }) => node)).toEqual(["cp-1", "w-2"]);
    expect(model.total).toBe(2);
  });
});

describe("the report", () => {
  test("says what ran, how it ended and what was said, without secrets", () => {
    const secret = new Secret("hidden-in-plain-sight");
    const one = run();
    one.take({ type: "step-output", step: "a", title: "Do a", node: "w-1", line: `key=${secret.reveal()}` });
    const lines = reportLines({ ...one, end: { exitCode: 1, error, log: "/var/log/run.log" } });
    const text = lines.join("\n");
    expect(text).toContain("kube-installer install of demo, exit code 1");
    expect(text).toContain("Log: /var/log/run.log");
    expect(text).toContain("it broke");
    expect(text).toContain("key=");
    expect(text).not.toContain("hidden-in-plain-sight");
  });
});
