import { expect, test } from "vitest";
import type { RunEvent } from "../../../src/engine/events.ts";
import { Secret } from "../../../src/engine/secret.ts";
import { eventLines } from "../../../src/report/event-lines.ts";

const join = { step: "kubeadm.join", title: "Join the cluster", node: "w-1" };
const failed: RunEvent = {
  type: "step-finished",
  ...join,
  outcome: "failed",
  message: "kubeadm ended with exit code 1.",
  durationMs: 2100,
  error: {
    code: "command-failed",
    message: "kubeadm ended with exit code 1.",
    node: "w-1",
    output: "no route to host",
  },
};

test("brief shows ends, output adds what commands print, full adds starts and whole errors", () => {
  const events: RunEvent[] = [
    { type: "step-started", ...join },
    { type: "step-output", ...join, line: "[preflight] Running" },
    failed,
  ];
  const at = (detail: "brief" | "output" | "full") => events.flatMap((event) => eventLines(event, detail));
  expect(at("brief")).toEqual(["FAILED  Join the cluster: kubeadm ended with exit code 1. (2.1 s)"]);
  expect(at("output")).toEqual(["        | [preflight] Running", ...at("brief")]);
  expect(at("full")).toEqual([
    "start   Join the cluster",
    "        | [preflight] Running",
    "FAILED  Join the cluster: kubeadm ended with exit code 1. (2.1 s)",
    "error[command-failed]: kubeadm ended with exit code 1.",
    "            where:   node w-1",
    "            output:",
    "              no route to host",
  ]);
});

test("what a machine prints cannot steer the terminal or start a line of its own", () => {
  const line = "\u001b[2J\u001b]0;owned\u0007fine\r\u009b31m\u0000";
  expect(eventLines({ type: "step-output", ...join, line }, "output")).toEqual(["        | fine"]);
  const message = "first\n12:00:00 cp-1 done    All is well";
  expect(eventLines({ type: "diagnostic", level: "warning", message }, "brief")).toEqual([
    "warning: first",
    "          12:00:00 cp-1 done    All is well",
  ]);
});

test("a secret of several lines is left out as a whole", () => {
  const key = new Secret("-----BEGIN KEY-----\nAAAA\n-----END KEY-----");
  const event: RunEvent = { type: "diagnostic", level: "error", message: `refused ${key.reveal()} twice` };
  expect(eventLines(event, "brief")).toEqual(["error: refused [secret] twice"]);
});
