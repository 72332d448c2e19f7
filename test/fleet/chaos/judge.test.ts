import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../../src/engine/events.ts";
import { ndjsonLines } from "../../../src/report/ndjson-lines.ts";
import { judgeRun } from "./judge.ts";
import type { Felt, ObservedRun } from "./observed-run.ts";

const place = { step: "os.swap", title: "Turn swap off", node: "w-1" } as const;
const refusal = { code: "unreachable", message: "Cannot connect to w-1.", node: "w-1" } as const;
const none = { satisfied: 0, changed: 0, "would-change": 0, failed: 0, skipped: 0 };
const begin: RunEvent = { type: "run-started", steps: 1, nodes: ["w-1"], dryRun: false };
const stepBegins: RunEvent = { type: "step-started", ...place };
const stepEnds: RunEvent = { type: "step-finished", ...place, outcome: "satisfied", message: "no swap", durationMs: 1 };
const stepFails: RunEvent = { ...stepEnds, outcome: "failed", error: refusal };
const setAside: RunEvent = { type: "node-set-aside", node: "w-1", error: refusal };
const rest = { durationMs: 1, criticalPath: [] };
const success: RunEvent = {
  type: "run-finished",
  outcome: "ok",
  counts: { ...none, satisfied: 1 },
  setAside: [],
  ...rest,
};
const partial: RunEvent = {
  type: "run-finished",
  outcome: "partial",
  counts: { ...none, failed: 1 },
  setAside: ["w-1"],
  ...rest,
};

const goodEvents = [begin, stepBegins, stepEnds, success];
const partialEvents = [begin, stepBegins, stepFails, setAside, partial];
const refused: Felt = {
  mark: "chaos-1",
  kind: "refuse",
  node: "w-1",
  begins: { after: 1 },
  lasts: "for-good",
  at: 1,
  command: "a login",
};

describe("a run is judged to keep its promises", () => {
  test("when it succeeds", () => {
    expect(violations(goodEvents)).toEqual([]);
  });

  test("when it sets the struck node aside", () => {
    expect(violations(partialEvents, { exitCode: 6, felt: [refused] })).toEqual([]);
  });
});

describe("a run that was killed", () => {
  const killed = { blow: { kind: "kill", after: 1 }, struck: true, lock: "pid 1" } as const;

  test("need not have told its end, nor given up its lock", () => {
    expect(violations([begin, stepBegins], killed)).toEqual([]);
  });

  test("leaves a journal that can be read", () => {
    const seen = { ...killed, journal: new Error("its first line is missing") };
    expect(violations([begin, stepBegins], seen)).toEqual(["journal: its first line is missing"]);
  });
});

describe("a run is judged to break a promise", () => {
  test.each<[string, readonly RunEvent[], Seen]>([
    ["hang", goodEvents, { hung: "nothing happens" }],
    [
      "bug",
      [begin, stepBegins, { ...stepFails, error: { code: "bug", message: "Oops" } } as RunEvent, setAside, partial],
      { exitCode: 6, felt: [refused] },
    ],
    ["events: os.swap@w-1 never ended", [begin, stepBegins, success], {}],
    ["events: os.swap@w-1 ended twice", [begin, stepBegins, stepEnds, stepEnds, success], {}],
    ["events: os.swap@w-1 began twice", [begin, stepBegins, stepBegins, stepEnds, success], {}],
    ["events: os.swap@w-1 ended without having begun", [begin, stepEnds, success], {}],
    [
      "events: os.swap@w-1 began after its node was set aside",
      [begin, setAside, stepBegins, stepFails, partial],
      { exitCode: 6, felt: [refused] },
    ],
    ["summary: counts 2 steps", [begin, stepBegins, stepEnds, { ...success, counts: { ...none, satisfied: 2 } }], {}],
    ["summary: 0 steps ended", [begin, success], {}],
    [
      "summary: sets aside []",
      [begin, stepBegins, stepFails, setAside, { ...partial, setAside: [] }],
      { exitCode: 6, felt: [refused] },
    ],
    [
      "output: the last line is not the summary",
      [begin, stepBegins, stepEnds, success, { type: "diagnostic", level: "info", message: "late" } as RunEvent],
      {},
    ],
    ["outcome: there is no summary", [begin, stepBegins, stepEnds], {}],
    ["outcome: ok with the exit code 1", goodEvents, { exitCode: 1 }],
    ["outcome: partial although nothing was felt", partialEvents, { exitCode: 6 }],
    [
      "outcome: w-1 was set aside, but nothing happened to it",
      partialEvents,
      { exitCode: 6, felt: [{ ...refused, node: "w-2" }] },
    ],
    [
      "outcome: the failure of workers stopped the run",
      [begin, stepBegins, stepFails, { ...partial, outcome: "failed", setAside: [] }],
      { exitCode: 4, felt: [refused] },
    ],
    [
      "outcome: interrupted, but by nobody",
      [begin, stepBegins, stepEnds, { ...success, outcome: "interrupted" }],
      { exitCode: 130 },
    ],
    ["lost: ok in spite of refuse on w-1", goodEvents, { felt: [refused] }],
    ["lost: partial without w-2", partialEvents, { exitCode: 6, felt: [refused, { ...refused, node: "w-2" }] }],
    ["unhandled: oh", goodEvents, { unhandled: ["oh"] }],
    ["left: 1 connections", goodEvents, { left: { connections: 1, timers: [] } }],
    ["left: a timer set at beat", goodEvents, { left: { connections: 0, timers: ["at beat"] } }],
    ["left: the lock is held by pid 1", goodEvents, { lock: "pid 1" }],
    [
      "left: the lock was not given up, and nobody was told",
      goodEvents,
      { lock: "pid 1", felt: [{ ...refused, node: "cp-1", lasts: 1 }] },
    ],
    ["journal: there is none", goodEvents, { journal: undefined }],
    ["journal: 2 events are lost", goodEvents, { journal: { ...journalOf(goodEvents), lost: 2 } }],
    [
      "journal: it has no summary",
      goodEvents,
      { journal: { header: journalOf([]).header, events: journalOf(goodEvents).events, lost: 0 } },
    ],
    ["journal: has 0 events, the output 4", goodEvents, { journal: { ...journalOf(goodEvents), events: [] } }],
  ])("%s", (violation, events, seen) => {
    expect(violations(events, seen)).toContainEqual(expect.stringContaining(violation));
  });
});

/** What is seen of a run beside its events, where it differs from a run that went well. */
type Seen = Partial<Omit<ObservedRun, "journal">> & { readonly journal?: ObservedRun["journal"] | undefined };

function violations(events: readonly RunEvent[], seen: Seen = {}): readonly string[] {
  const printed: string[] = [];
  const lines = ndjsonLines((line) => printed.push(line), "0.0.0");
  for (const event of events) lines.emit(event);
  const { journal, ...others } = { journal: journalOf(events), ...seen };
  const quiet = {
    told: [],
    unhandled: [],
    left: { connections: 0, timers: [] },
    lock: undefined,
    felt: [],
    struck: false,
  };
  const run = { printed, exitCode: 0, ...quiet, virtualMs: 1, realMs: 1, ...others };
  return judgeRun({ ...run, ...(journal === undefined ? {} : { journal }) } as ObservedRun, {
    firstControlPlane: "cp-1",
  }).violations;
}

function journalOf(events: readonly RunEvent[]) {
  const header = {
    ...{ type: "journal" as const, schema: "1.0", run: "20261121T120000Z-0000", cluster: "chaos", command: "install" },
    ...{ program: "0.0.0", host: "ops", pid: 1, started: "2026-11-21T12:00:00.000Z" },
  } as const;
  const summary = { outcome: "ok", counts: none, setAside: [], ...rest } as const;
  return { header, events: events.map((event) => ({ at: new Date(), event })), summary, lost: 0 };
}
