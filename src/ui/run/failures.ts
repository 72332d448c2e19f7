import type { ErrorReport } from "../../engine/events.ts";
import { formatProblem } from "../../engine/problem.ts";
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
  const others = all.filter((one) => !failures.some((failure) => sameFailure(failure, one)));
  return [
    ...failures,
    ...others.map((one) => ({
      title: one.step ?? (one.node === undefined ? "The run" : "The node"),
      error: one,
      ...(one.node === undefined ? {} : { node: one.node }),
    })),
  ];
}

function sameFailure({ error, node }: ShownFailure, other: ErrorReport): boolean {
  return error.message === other.message && (other.node === undefined || node === other.node);
}

const linesShown = 20;

/**
 * What an operator reads about a failure, line by line, most important first: what the command said stands before a
 * command that is a whole script.
 */
export function failureLines({ title, node, error }: ShownFailure, log?: string): readonly string[] {
  const { message, likelyCause, nextSteps = [], commandExitCode, problems = [] } = error;
  const command = (error.command ?? "").split("\n").map((line, index) => `${index === 0 ? "Command: " : "  "}${line}`);
  const isScript = command.length > 1;
  const output = (error.output ?? "").split("\n").filter((line) => line.trim() !== "");
  return [
    `${title}${node === undefined ? "" : ` on ${node}`}`,
    ...message.split("\n"),
    ...problems.flatMap((problem) => formatProblem(problem).split("\n")),
    ...(likelyCause === undefined ? [] : [`Likely cause: ${likelyCause}`]),
    ...nextSteps.map((next) => `Next: ${next}`),
    ...(error.command === undefined || isScript ? [] : command),
    ...(commandExitCode === undefined ? [] : [`Exit code: ${commandExitCode}`]),
    ...(output.length === 0 ? [] : ["Last lines:", ...output.slice(-linesShown).map((line) => `  ${line}`)]),
    ...(log === undefined ? [] : [`Log: ${log}`]),
    ...(isScript ? command : []),
  ];
}
