import type { ErrorReport } from "../../engine/events.ts";
import type { ReviewEntry } from "../../engine/review.ts";

/** A step as the run screen knows it before it ran. */
export type PlannedEntry = Pick<ReviewEntry, "key" | "step" | "title" | "node">;

export type NodeState = "waiting" | "running" | "done" | "failed" | "set-aside";

/** How far one node is; the cluster as a whole is one of them. It changes in place: a thousand of them are watched. */
export interface NodeProgress {
  readonly name: string;
  /** `control-plane`, `worker`; empty for the cluster as a whole. */
  readonly roles: readonly string[];
  state: NodeState;
  done: number;
  readonly total: number;
  changed: number;
  /** Titles of the steps that run right now, the newest last. */
  readonly running: Map<string, string>;
  lastLine: string;
  /** Milliseconds of the clock the model was made with. */
  startedAt?: number;
  endedAt?: number;
  error?: ErrorReport;
}

/** What the steps on no node belong to. */
export const clusterName = "cluster";

export function placeName({ node }: { readonly node?: string }): string {
  return node ?? clusterName;
}

/** A node nothing has happened on. */
export function freshNode(name: string, roles: readonly string[], total: number): NodeProgress {
  return { name, roles, state: "waiting", done: 0, total, changed: 0, running: new Map(), lastLine: "" };
}

/** The step a node is at, or how it ended. */
export function whatHappensOn(node: NodeProgress): string {
  if (node.state === "set-aside") return `set aside: ${inShort(node.error)}`;
  if (node.error !== undefined) return inShort(node.error);
  const titles = [...node.running.values()];
  return titles.at(-1) ?? (node.state === "done" ? "done" : node.lastLine);
}

/** What a command said last tells more than that it failed. */
function inShort({ message = "", output = "" }: Partial<ErrorReport> = {}): string {
  return output.trim().split("\n").at(-1)?.trim() || message;
}
