import { describe, expect, test } from "vitest";
import { review } from "../../../src/engine/review.ts";
import { Secret } from "../../../src/engine/secret.ts";
import { type ActiveRun, activeRun } from "../../../src/ui/run/active-run.ts";
import { failureLines, failuresOf } from "../../../src/ui/run/failures.ts";
import { whatHappensOn } from "../../../src/ui/run/node-progress.ts";
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

  const told = {
    ...error,
    ...{ commandExitCode: 3, likelyCause: "bad luck", nextSteps: ["wait"] },
    output: Array.from({ length: 30 }, (_, line) => `line ${line}`).join("\n"),
  };

  test("are read from the most important on, with the last twenty lines only", () => {
    const failure = { title: "Do a", node: "w-1", error: { ...told, command: "apt-get update" } };
    const lines = failureLines(failure, "/var/log/run.log");
    expect(lines.slice(0, 7)).toEqual([
      "Do a on w-1",
      "it broke",
      "Likely cause: bad luck",
      "Next: wait",
      "Command: apt-get update",
      "Exit code: 3",
      "Last lines:",
    ]);
    expect(lines.slice(7, -1)).toEqual(Array.from({ length: 20 }, (_, line) => `  line ${line + 10}`));
    expect(lines.at(-1)).toBe("Log: /var/log/run.log");
  });

  test("of a whole script tell what it said before what it is", () => {
    const lines = failureLines({ title: "Do a", error: { ...told, command: "first\nsecond" } }, "/var/log/run.log");
    expect(lines.slice(4, 6)).toEqual(["Exit code: 3", "Last lines:"]);
    expect(lines.slice(-3)).toEqual(["Log: /var/log/run.log", "Command: first", "  second"]);
  });

  test("of a command tell in short what it said last", () => {
    const one = run();
    const end = {
      type: "step-finished",
      step: "a",
      title: "Do a",
      outcome: "failed",
      message: "",
      durationMs: 1,
    } as const;
    one.take({ ...end, node: "w-1", error: { ...told, output: "E: first\nE: disk full\n" } });
    one.take({ ...end, node: "w-2", error });
    const [w1, w2] = ["w-1", "w-2"].map((name) => one.model.node(name));
    expect(w1 && whatHappensOn(w1)).toContain("E: disk full");
    expect(w2 && whatHappensOn(w2)).toContain("it broke");
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
