import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/secret.ts";
import { ndjsonLines } from "../../../src/report/ndjson-lines.ts";

function record(act: (reporter: ReturnType<typeof ndjsonLines>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  act(ndjsonLines((line) => lines.push(line), "1.2.3"));
  return lines.map((line) => JSON.parse(line));
}

test("the version comes first and the summary last", () => {
  const lines = record((reporter) => {
    reporter.emit({ type: "run-started", steps: 0, nodes: [], dryRun: false });
    reporter.emit({
      type: "run-finished",
      outcome: "ok",
      durationMs: 5,
      counts: { satisfied: 0, changed: 0, "would-change": 0, failed: 0, skipped: 0 },
      setAside: [],
      criticalPath: [],
    });
  });
  expect(lines.map(({ type }) => type)).toEqual(["version", "run-started", "summary"]);
  expect(lines[0]).toMatchObject({ schema: "1.0", kubeInstaller: "1.2.3" });
  expect(lines[2]).toMatchObject({ outcome: "ok", ts: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) });
});

test("a secret stays hidden even when JSON would write it differently", () => {
  const password = new Secret('pass"word\\');
  const [, line] = record((reporter) =>
    reporter.emit({ type: "diagnostic", level: "info", message: `typed ${password.reveal()}` }),
  );
  expect(line).toMatchObject({ message: "typed [secret]" });
});
