import { expect, test } from "vitest";
import type { RunEvent } from "../../../src/engine/events.ts";
import { eventSchema, ndjsonLineSchema } from "../../../src/report/event-schema.ts";
import { ndjsonLines } from "../../../src/report/ndjson-lines.ts";
import { everyEvent } from "./every-event.ts";

test.each(everyEvent)("$type passes the schema with nothing lost", (event) => {
  expect(eventSchema.parse(event)).toEqual(event);
});

test("every line of --output ndjson passes the schema with nothing lost", () => {
  const lines: string[] = [];
  const reporter = ndjsonLines((line) => lines.push(line), "1.2.3");
  for (const event of everyEvent) reporter.emit(event);
  expect(lines).toHaveLength(everyEvent.length + 1);
  for (const line of lines) expect(ndjsonLineSchema.parse(JSON.parse(line))).toEqual(JSON.parse(line));
});

test.each<[string, object]>([
  ["an unknown type", { type: "step-paused" }],
  ["a missing field", { type: "run-started", steps: 1, nodes: [] }],
  ["an unknown error code", { type: "node-set-aside", node: "w-1", error: { code: "oops", message: "" } }],
  ["a count that is no number", { ...everyEvent.at(-1), counts: { satisfied: "3" } }],
])("%s does not pass", (_what, event) => {
  expect(eventSchema.safeParse(event).success).toBe(false);
});

test("the examples hold every type of event", () => {
  const types: Record<RunEvent["type"], true> = {
    "run-started": true,
    preflight: true,
    "step-started": true,
    "step-output": true,
    "step-finished": true,
    "node-set-aside": true,
    diagnostic: true,
    "run-finished": true,
  };
  expect(new Set(everyEvent.map(({ type }) => type))).toEqual(new Set(Object.keys(types)));
});
