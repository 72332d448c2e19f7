import { readFile } from "node:fs/promises";
import type { RunEvent } from "../../../src/engine/events.ts";
import { type ReviewEntry, review } from "../../../src/engine/review.ts";
import { journalLineSchema } from "../../../src/report/journal-format.ts";
import type { Foreseen } from "../../../src/ui/services.ts";

/** A run as it happened: what it said, and when in milliseconds from its start. */
export type Recorded = readonly { readonly at: number; readonly event: RunEvent }[];

/** Reads a recorded run of this folder: a real one, with most of what the commands printed left out. */
export async function readRecorded(name: "recorded-run" | "recorded-failure"): Promise<Recorded> {
  const text = await readFile(`test/ui/tour/${name}.jsonl`, "utf8");
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => journalLineSchema.parse(JSON.parse(line)));
  const events = lines.flatMap((line) => (line.type === "gap" ? [] : [line]));
  const start = Date.parse(events[0]?.ts ?? "");
  return events.map(({ ts, ...event }) => ({ at: Date.parse(ts) - start, event: event as RunEvent }));
}

/** What a review before the run would have said: what the run then did. */
export function foreseenBy(run: Recorded): Foreseen {
  const events = run.map(({ event }) => event);
  const ends = events.flatMap((event) => (event.type === "step-finished" ? [event] : []));
  const entries = ends.map((event): ReviewEntry => {
    const { step, title, node, outcome, kind = "create", danger } = event;
    return {
      ...{ key: node === undefined ? step : `${step}@${node}`, step, title, needs: [], saw: "" },
      kind: danger !== undefined ? "danger" : outcome === "satisfied" ? "satisfied" : kind,
      ...(node === undefined ? {} : { node }),
      ...(danger === undefined ? {} : { danger }),
    };
  });
  const names = events.flatMap((event) => (event.type === "run-started" ? event.nodes : []));
  const preflight = events.flatMap((event) => (event.type === "preflight" ? [event] : []))[0];
  return {
    nodes: names.map((name) => ({ name, roles: [name.startsWith("cp") ? "control-plane" : "worker"] })),
    review: review(entries),
    ...(preflight === undefined ? {} : { preflight }),
  };
}
