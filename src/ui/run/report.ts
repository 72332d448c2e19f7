import { formatDuration } from "../../engine/time.ts";
import type { ActiveRun } from "./active-run.ts";
import { failureLines, failuresOf } from "./failures.ts";

/** What somebody who was not there needs to help: the run, what failed, how far each node is, the last lines. */
export function reportLines(run: Pick<ActiveRun, "model" | "request" | "end">): readonly string[] {
  const { model, request, end } = run;
  const { counts, durationMs } = model.summary ?? {};
  const nodes = model.nodes.map(
    ({ name, state, done, total, error }) =>
      `  ${name}: ${state}, ${done} of ${total} steps${error === undefined ? "" : `, ${error.message}`}`,
  );
  const log = model.lines();
  const first = Math.max(log.first, log.total - 200);
  return [
    `kube-installer ${request.command} of ${request.cluster}, exit code ${end?.exitCode ?? "none"}`,
    ...(durationMs === undefined ? [] : [`Duration: ${formatDuration(durationMs)}`]),
    ...(counts === undefined
      ? []
      : [
          `Steps: ${Object.entries(counts)
            .map(([word, count]) => `${count} ${word}`)
            .join(", ")}`,
        ]),
    ...(end?.log === undefined ? [] : [`Log: ${end.log}`]),
    "",
    "Failures:",
    ...failuresOf(run).flatMap((failure) => [...failureLines(failure).map((line) => `  ${line}`), ""]),
    "Nodes:",
    ...nodes,
    "",
    "Last lines:",
    ...Array.from({ length: log.total - first }, (_, offset) => `  ${log.at(first + offset) ?? ""}`),
  ];
}
