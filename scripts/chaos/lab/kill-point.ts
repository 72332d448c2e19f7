import type { StepPlace } from "./program-run.ts";

/** A moment of a run at which its process is killed. */
export interface KillPoint {
  readonly command: "install" | "destroy";
  /** `begin`, `preflight`, or a step boundary: `kubeadm.init@cp-1:started`. */
  readonly boundary: string;
  /** Milliseconds after the boundary was seen. */
  readonly delay: number;
}

/** The name of the boundary an event stands for; undefined for an event that is none. */
export function boundaryOf(event: { readonly type: string } & StepPlace): string | undefined {
  const { type, step, node = "cluster" } = event;
  if (type === "version") return "begin";
  if (type === "preflight") return "preflight";
  if (step === undefined) return undefined;
  if (type === "step-started") return `${step}@${node}:started`;
  return type === "step-finished" ? `${step}@${node}:finished` : undefined;
}

/** `kubeadm.init@cp-1:started+5000`, for a destroy with `destroy/` before it. */
export function pointText({ command, boundary, delay }: KillPoint): string {
  return `${command === "destroy" ? "destroy/" : ""}${boundary}${delay === 0 ? "" : `+${delay}`}`;
}

/** Reads what `pointText` writes; undefined for anything else. */
export function parsePoint(text: string): KillPoint | undefined {
  const found = /^(destroy\/)?(begin|preflight|[\w.-]+@[\w.-]+:(?:started|finished))(?:\+(\d+))?$/.exec(text);
  if (found === null) return undefined;
  const [, destroy, boundary = "", delay = "0"] = found;
  return { command: destroy === undefined ? "install" : "destroy", boundary, delay: Number(delay) };
}

/** A moment, then ever nearer ones to its boundary: on a machine that is faster today the first may lie behind the end. */
export function nearerAndNearer(point: KillPoint): readonly [KillPoint, ...KillPoint[]] {
  const nearer: KillPoint[] = [];
  for (let delay = point.delay; delay > 0; ) {
    delay = delay < 100 ? 0 : Math.round(delay / 2);
    nearer.push({ ...point, delay });
  }
  return [point, ...nearer];
}
