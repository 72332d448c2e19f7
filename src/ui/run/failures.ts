import type { ErrorReport } from "../../engine/events.ts";
import type { ActiveRun } from "./active-run.ts";

/** One thing that went wrong, as the failure screen shows it. */
export interface ShownFailure {
  readonly title: string;
  readonly node?: string;
  readonly error: ErrorReport;
}

/** Everything that went wrong, each once: what steps said, then what decided the end of the run when it is something else. */
export function failuresOf({ model, end }: Pick<ActiveRun, "model" | "end">): readonly ShownFailure[] {
  const { failures } = model;
  const error = end?.error;
  if (error === undefined) return failures;
  const all = error.failures ?? [error];
  const others = all.filter((one) => !failures.some((failure) => failure.error.message === one.message));
  return [
    ...failures,
    ...others.map((one) => ({
      title: one.step ?? "Before the first step",
      error: one,
      ...(one.node === undefined ? {} : { node: one.node }),
    })),
  ];
}

/** What an operator reads about a failure, line by line, most important first. */
export function failureLines({ title, node, error }: ShownFailure): readonly string[] {
  const output = (error.output ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-20);
  return [
    `${title}${node === undefined ? "" : ` on ${node}`}`,
    error.message,
    ...(error.likelyCause === undefined ? [] : [`Likely cause: ${error.likelyCause}`]),
    ...(error.nextSteps ?? []).map((next) => `Next: ${next}`),
    ...(error.command === undefined ? [] : [`Command: ${error.command}`]),
    ...(error.commandExitCode === undefined ? [] : [`Exit code: ${error.commandExitCode}`]),
    ...(output.length === 0 ? [] : ["Last lines:", ...output.map((line) => `  ${line}`)]),
  ];
}
