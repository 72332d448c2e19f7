import { describe, expect, test } from "vitest";
import { describeSchedule, faultKinds, makeSchedule } from "./schedule.ts";

const shape = {
  nodes: ["cp-1", ...Array.from({ length: 30 }, (_, index) => `w-${index + 1}`)],
  steps: ["os.swap", "kubeadm.join"],
};
const many = Array.from({ length: 500 }, (_, index) => makeSchedule(7, index, shape));

describe("schedules of failures", () => {
  test("are the same for the same seed and number", () => {
    expect(makeSchedule(7, 3, shape)).toEqual(many[3]);
  });

  test("differ from seed to seed and from number to number", () => {
    expect(makeSchedule(8, 3, shape)).not.toEqual(many[3]);
    expect(new Set(many.map((schedule) => JSON.stringify({ ...schedule, index: 0 }))).size).toBe(500);
  });

  test("always hold some trouble", () => {
    expect(many.filter(({ faults, blow }) => faults.length === 0 && blow === undefined)).toEqual([]);
  });

  test("hold every kind of trouble, also on the first control plane", () => {
    const faults = many.flatMap((schedule) => schedule.faults);
    for (const kind of Object.keys(faultKinds)) {
      expect(
        faults.filter((fault) => fault.kind === kind && fault.node === "cp-1"),
        kind,
      ).not.toEqual([]);
    }
    expect(new Set(many.flatMap(({ blow }) => blow?.kind ?? []))).toEqual(
      new Set(["stop", "abort", "kill", "kill-and-move"]),
    );
    expect(new Set(many.map(({ installed }) => Math.sign(installed)))).toEqual(new Set([0, 1]));
  });

  test("name each fault once", () => {
    for (const { faults } of many) expect(new Set(faults.map(({ mark }) => mark)).size).toBe(faults.length);
  });

  test("read as sentences", () => {
    const schedule = { seed: 1, index: 2, installed: 0 } as const;
    const fault = { mark: "chaos-1-2-0", kind: "reset", node: "w-1", begins: { command: 4 }, lasts: "once" } as const;
    expect(describeSchedule({ ...schedule, faults: [fault], blow: { kind: "stop", after: 50 } })).toEqual([
      "at the start nothing is installed",
      "w-1 at its command 4: the connection breaks in mid-command (once, chaos-1-2-0)",
      "the run gets stop after 50 ms",
    ]);
  });
});
