import type { ErrorReport, RunEvent } from "../../../src/engine/events.ts";

const join = { step: "kubeadm.join", title: "Join the cluster", node: "w-1" } as const;

const error: Required<ErrorReport> = {
  code: "command-failed",
  message: "kubeadm ended with exit code 1.",
  node: "w-1",
  step: "kubeadm.join",
  command: "kubeadm join --config /root/join.yaml",
  commandExitCode: 1,
  output: "no route to host",
  likelyCause: "The API server is not reachable from w-1.",
  nextSteps: ["check the firewall"],
  problems: [
    {
      severity: "error",
      file: "demo.yaml",
      line: 3,
      column: 5,
      path: "spec.ha",
      message: "unknown key",
      allowed: "mode",
      hint: "did you mean mode?",
      excerpt: { text: "    mod: single", from: 4, length: 3 },
    },
  ],
  failures: [{ code: "unreachable", message: "w-2 does not answer." }],
};

/** A run in which every type of event comes, each with every field it may have. */
export const everyEvent: readonly RunEvent[] = [
  {
    type: "preflight",
    findings: [
      {
        severity: "warning",
        check: "resources.memory",
        node: "w-1",
        message: "Little memory",
        measured: "1.0 GiB",
        limit: "2 GiB",
        fix: "give the machine more memory",
      },
    ],
    nodes: ["cp-1", "w-1"],
    checks: 45,
    notes: ["w-1 has no perl"],
  },
  { type: "run-started", steps: 2, nodes: ["cp-1", "w-1"], dryRun: false },
  { type: "step-started", step: "kubeadm.init", title: "Start the control plane" },
  { type: "step-started", ...join },
  { type: "step-output", ...join, line: "[preflight] Running pre-flight checks" },
  {
    type: "step-finished",
    step: "kubeadm.init",
    title: "Start the control plane",
    outcome: "changed",
    message: "the API answers",
    durationMs: 21_300.25,
    kind: "change",
    danger: "what an earlier attempt left is deleted",
  },
  { type: "diagnostic", level: "warning", message: "w-1 is slow to answer", node: "w-1", error },
  { type: "step-finished", ...join, outcome: "failed", message: error.message, durationMs: 2100, error },
  { type: "node-set-aside", node: "w-1", error },
  {
    type: "run-finished",
    outcome: "partial",
    durationMs: 24_000,
    counts: { satisfied: 0, changed: 1, "would-change": 0, failed: 1, skipped: 0 },
    setAside: ["w-1"],
    criticalPath: [
      { step: "kubeadm.init", durationMs: 21_300.25 },
      { step: "kubeadm.join", node: "w-1", durationMs: 2100 },
    ],
    slowest: [{ step: "kubeadm.init", instances: 1, medianMs: 21_300, maxMs: 21_300, totalMs: 21_300 }],
  },
];
