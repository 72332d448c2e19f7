import { expect, test } from "vitest";
import { InstallerError } from "../../../src/engine/errors.ts";
import type { RunEvent } from "../../../src/engine/events.ts";
import { alwaysSummarised } from "../../../src/report/always-summarised.ts";
import { everyEvent } from "./every-event.ts";

function collect() {
  const events: RunEvent[] = [];
  const reporter = alwaysSummarised({ emit: (event) => events.push(event), end: () => undefined });
  return { events, reporter };
}

test("a command that fails before its run ends with the failure and a summary", () => {
  const { events, reporter } = collect();
  reporter.finish({ outcome: "failed", error: new InstallerError("locked", { message: "ann is at it." }) });
  expect(events).toMatchObject([
    { type: "diagnostic", level: "error", error: { code: "locked", message: "ann is at it." } },
    { type: "run-finished", outcome: "failed" },
  ]);
});

test("a run that came to its summary keeps it", () => {
  const { events, reporter } = collect();
  for (const event of everyEvent) reporter.emit(event);
  reporter.finish({ outcome: "failed" });
  expect(events).toEqual(everyEvent);
});
