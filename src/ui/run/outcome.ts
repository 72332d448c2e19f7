import { countOf } from "../state/count-of.ts";
import type { ActiveRun } from "./active-run.ts";
import { failuresOf } from "./failures.ts";

export type FailureAnswer = "retry" | "break-lock" | "review" | "skip" | "shell" | "report" | "quit";

/** A way on from a run that did not go well. */
export interface WayOn {
  readonly value: FailureAnswer;
  readonly label: string;
  readonly note?: string;
  readonly danger?: boolean;
}

/** What a run that did not go well came to, in one line; the exit code says which kind it is. */
export function headline(run: Pick<ActiveRun, "model" | "end">): string {
  const { setAside = [] } = run.model.summary ?? {};
  switch (run.end?.exitCode) {
    case 3:
      return "Preflight stopped it: nothing was changed";
    case 4:
      return "Nodes cannot be used";
    case 6:
      return `${countOf(setAside.length, "node")} set aside, the rest is done`;
    case 7:
      return "Another run works on this cluster";
    case 130:
      return "Interrupted: what is done stays done";
  }
  const count = failuresOf(run).length;
  return count > 1 ? `${count} things failed` : "The run failed";
}

/** What one can do now, the usual way on first. */
export function waysOn(run: Pick<ActiveRun, "model" | "end">, node: string | undefined): readonly WayOn[] {
  const roles = node === undefined ? undefined : run.model.node(node)?.roles;
  const canSkip = roles !== undefined && roles.length > 0 && !roles.includes("control-plane");
  return [
    ...usualWays(run.end?.exitCode),
    ...(canSkip ? [{ value: "skip" as const, label: `Go on without ${node}`, note: "a later run picks it up" }] : []),
    ...(roles === undefined ? [] : [{ value: "shell" as const, label: `Shell on ${node}`, note: "as root" }]),
    { value: "report", label: "Save report", note: "without secrets" },
    { value: "quit", label: "Leave" },
  ];
}

function usualWays(exitCode: number | undefined): readonly WayOn[] {
  switch (exitCode) {
    case 3:
      return [{ value: "review", label: "Look again", note: "once it is mended; nothing changes without a yes" }];
    case 6:
      return [{ value: "retry", label: "Try again", note: "picks up the nodes that were set aside" }];
    case 7:
      return [
        { value: "retry", label: "Try again", note: "once the other run has ended" },
        { value: "break-lock", label: "Break the lock", note: "only when that run is dead", danger: true },
      ];
    case 130:
      return [{ value: "retry", label: "Resume", note: "goes on where it stopped" }];
  }
  return [{ value: "retry", label: "Retry", note: "goes on where it stopped; what is done stays done" }];
}
