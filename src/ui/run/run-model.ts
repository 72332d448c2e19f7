import type { ErrorReport, RunEvent, RunSummary } from "../../engine/events.ts";
import { type PreflightReport, summariseFindings } from "../../engine/findings.ts";
import { clusterName, freshNode, type NodeProgress, placeName } from "./node-progress.ts";
import { createRunLog, type RunLog } from "./run-log.ts";
import { createThrottled, type Throttled } from "./throttle.ts";
import { createWaiting, type NeedyEntry } from "./waits-for.ts";

export interface RunFailure {
  readonly step: string;
  readonly title: string;
  readonly node?: string;
  readonly error: ErrorReport;
}

/** Everything the run screen shows, made of nothing but the run's events. */
export interface RunModel
  extends Pick<Throttled, "subscribe" | "version" | "close" | "touch" | "seen">,
    Pick<RunLog, "lines"> {
  apply(event: RunEvent): void;
  /** In the order of the preset, the cluster as a whole last. */
  readonly nodes: readonly NodeProgress[];
  node(name: string): NodeProgress | undefined;
  /** What a node waits for that happens elsewhere; empty when it is not idle because of that. */
  waitsFor(name: string): string;
  readonly failures: readonly RunFailure[];
  /** What was said last that belongs to no step: what goes on before the first one. */
  readonly note: string;
  /** Whether steps have begun to run. */
  readonly begun: boolean;
  readonly preflight: PreflightReport | undefined;
  readonly done: number;
  readonly total: number;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly summary: RunSummary | undefined;
}

export interface RunModelOptions {
  readonly plan: readonly NeedyEntry[];
  readonly roles: ReadonlyMap<string, readonly string[]>;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

const redrawEvery = 100;
/** How often times on the screen move on while nothing else happens. */
const clockTicks = 1000;

export function createRunModel({ plan, roles, now }: RunModelOptions): RunModel {
  const counts = new Map<string, number>();
  for (const entry of plan) counts.set(placeName(entry), (counts.get(placeName(entry)) ?? 0) + 1);
  const inOrder = new Set([...roles.keys(), ...counts.keys()].filter((name) => name !== clusterName));
  const names = [...inOrder, clusterName].filter((name) => counts.has(name));
  const nodes = names.map((name) => freshNode(name, roles.get(name) ?? [], counts.get(name) ?? 0));
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const waiting = createWaiting(plan);
  const { say, lines } = createRunLog([...names, clusterName]);
  const failures: RunFailure[] = [];
  const throttled = createThrottled(redrawEvery);
  const clock = setInterval(throttled.touch, clockTicks).unref();
  const startedAt = now();
  let done = 0;
  let note = "";
  let begun = false;
  let endedAt: number | undefined;
  let summary: RunSummary | undefined;
  let preflight: PreflightReport | undefined;

  const placeOf = (event: { node?: string }): NodeProgress => {
    const name = placeName(event);
    const known = byName.get(name);
    if (known !== undefined) return known;
    const made = freshNode(name, [], 0);
    byName.set(name, made);
    nodes.push(made);
    return made;
  };
  const apply = (event: RunEvent): void => {
    switch (event.type) {
      case "preflight":
        preflight = event;
        note = summariseFindings(event);
        say(clusterName, note);
        for (const { severity, node, message, measured, limit, fix } of event.findings) {
          say(clusterName, `${severity}: ${node ?? clusterName}: ${message} (${measured}, wanted ${limit}). ${fix}`);
        }
        for (const unseen of event.notes) say(clusterName, unseen);
        break;
      case "step-started": {
        const node = placeOf(event);
        begun = true;
        node.startedAt ??= now();
        if (node.state === "waiting") node.state = "running";
        node.running.set(event.step, event.title);
        break;
      }
      case "step-output": {
        placeOf(event).lastLine = event.line.trimEnd();
        say(placeName(event), event.line);
        break;
      }
      case "step-finished": {
        const node = placeOf(event);
        node.running.delete(event.step);
        waiting.over(event);
        node.done += 1;
        done += 1;
        if (event.outcome === "changed") node.changed += 1;
        say(placeName(event), `${event.title}: ${event.message}`);
        if (event.outcome === "failed" && event.error !== undefined) {
          const { step, title, error } = event;
          failures.push({ step, title, error, ...(event.node === undefined ? {} : { node: event.node }) });
          node.error = error;
          node.state = "failed";
        } else if (node.done >= node.total && node.state === "running") {
          node.state = "done";
        }
        if (node.done >= node.total) node.endedAt = now();
        break;
      }
      case "node-set-aside": {
        const node = placeOf(event);
        node.state = "set-aside";
        node.error = event.error;
        node.endedAt = now();
        say(event.node, `set aside: ${event.error.message}`);
        break;
      }
      case "diagnostic":
        note = event.message.split("\n", 1)[0] ?? "";
        say(placeName(event), event.message);
        break;
      case "run-finished":
        summary = event;
        endedAt = now();
        break;
      case "run-started":
        begun = true;
        break;
    }
    throttled.touch();
  };

  return {
    apply,
    nodes,
    node: (name) => byName.get(name),
    waitsFor: (name) => (byName.get(name)?.running.size === 0 ? waiting.of(name) : ""),
    lines,
    failures,
    get note() {
      return note;
    },
    get begun() {
      return begun;
    },
    get endedAt() {
      return endedAt;
    },
    get preflight() {
      return preflight;
    },
    get done() {
      return done;
    },
    total: plan.length,
    startedAt,
    get summary() {
      return summary;
    },
    touch: throttled.touch,
    seen: throttled.seen,
    subscribe: throttled.subscribe,
    version: throttled.version,
    close: () => {
      clearInterval(clock);
      endedAt ??= now();
      throttled.close();
    },
  };
}
