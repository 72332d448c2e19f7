import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { CommandContext } from "../../../src/cli/command-context.ts";
import { defaultLimits } from "../../../src/engine/limits.ts";
import { minutes, seconds } from "../../../src/engine/time.ts";
import { readRun } from "../../../src/report/read-run.ts";
import { runFiles, runsFolder } from "../../../src/report/run-folder.ts";
import { killInstaller } from "./kill.ts";
import type { ObservedRun } from "./observed-run.ts";
import type { Blow, Schedule } from "./schedule.ts";
import { TimeStopped, type VirtualTime } from "./virtual-time.ts";
import type { World } from "./world.ts";

/** No run may take longer: every wait of the program has a deadline, and those of one chain add up to less. */
const longest = minutes(240);

/** So long the machines may take to notice that a connection is closed. */
const afterglow = seconds(5);

export interface RunOptions {
  readonly faults?: Schedule["faults"];
  readonly blow?: Blow | undefined;
  /** Only over the first so many nodes. */
  readonly nodes?: number;
  /** Gets every line as it is printed. */
  readonly onLine?: (line: string) => void;
}

/** Runs `kube-installer install` in this process as the command line would, and notes everything it lets be seen. */
export async function runInstaller(world: World, time: VirtualTime, options: RunOptions = {}): Promise<ObservedRun> {
  const { faults = [], blow, nodes, onLine } = options;
  const printed: string[] = [];
  const told: string[] = [];
  const unhandled: string[] = [];
  const noteUnhandled = (what: unknown) =>
    unhandled.push(what instanceof Error ? (what.stack ?? what.message) : String(what));
  process.on("unhandledRejection", noteUnhandled).on("uncaughtException", noteUnhandled);
  const before = new Set(time.timers());
  const [started, realStarted] = [time.now(), process.hrtime.bigint()];
  const [stop, abort] = [new AbortController(), new AbortController()];
  const print = (line: string) => {
    printed.push(line);
    onLine?.(line);
    const [, step, node] = beginning.exec(line) ?? [];
    if (step !== undefined && node !== undefined) world.stepBegan(node, step);
  };
  const context: CommandContext = {
    signal: abort.signal,
    stop: stop.signal,
    interactive: false,
    limits: defaultLimits,
    print,
    inform: (line) => told.push(line),
  };
  const runsBefore = await runIds(world.cluster);
  world.begin({ faults });
  let end: { exitCode?: number; thrown?: unknown; hung?: string } = {};
  let struck = false;
  let undo = async (): Promise<void> => {};
  try {
    const exitCode = await time.spend(longest, async () => {
      const running = world.install(context, nodes);
      const over = running.then(
        () => true,
        () => true,
      );
      if (blow !== undefined && !(await overWithin(blow.after, over))) {
        struck = true;
        undo = await strike(blow, { world, stop, abort, over });
      }
      return running;
    });
    end = { exitCode };
  } catch (thrown) {
    end = thrown instanceof TimeStopped ? { hung: thrown.message } : { thrown };
  }
  const virtualMs = time.now() - started;
  const felt = world.felt();
  await time.spend(minutes(30), () => world.lift());
  await time.spend(minutes(1), () => delay(afterglow));
  await undo();
  process.off("unhandledRejection", noteUnhandled).off("uncaughtException", noteUnhandled);
  time.dropDeadlines();
  return {
    ...{ printed, told, unhandled, struck, virtualMs },
    exitCode: end.exitCode,
    ...(end.hung === undefined ? {} : { hung: end.hung }),
    ...(end.thrown === undefined ? {} : { thrown: end.thrown }),
    left: {
      connections: world.connections(),
      timers: time.timers().flatMap((timer) => (before.has(timer) ? [] : [timer.setAt])),
    },
    lock: world.lockHolder(),
    ...(await journalSince(world.cluster, runsBefore)),
    felt,
    ...(blow === undefined ? {} : { blow }),
    realMs: Number(process.hrtime.bigint() - realStarted) / 1e6,
  };
}

/** The first fields of a line that tells that a step began on a node. */
const beginning = /^\{"ts":"[^"]*","type":"step-started","step":"([^"]*)".*"node":"([^"]*)"/;

interface Reach {
  readonly world: World;
  readonly stop: AbortController;
  readonly abort: AbortController;
  /** Resolves when the run has ended. */
  readonly over: Promise<boolean>;
}

/** Interrupts or kills the run; what it returns makes the state folder what a killed process would have left. */
async function strike(blow: Blow, { world, stop, abort, over }: Reach): Promise<() => Promise<void>> {
  const pressed = () => new DOMException("Interrupted by Ctrl-C.", "AbortError");
  if (blow.kind === "kill" || blow.kind === "kill-and-move") {
    const restore = await killInstaller(world, { torn: blow.after });
    stop.abort(pressed());
    abort.abort(pressed());
    return restore;
  }
  stop.abort(pressed());
  if (blow.kind === "abort" && !(await overWithin(500, over))) abort.abort(pressed());
  return async () => {};
}

async function overWithin(milliseconds: number, over: Promise<boolean>): Promise<boolean> {
  const waiting = new AbortController();
  const late = delay(milliseconds, false, { signal: waiting.signal }).catch(() => true);
  return Promise.race([over, late]).finally(() => waiting.abort());
}

async function runIds(cluster: string): Promise<readonly string[]> {
  return (await readdir(runsFolder(cluster)).catch(() => [])).sort();
}

async function journalSince(cluster: string, before: readonly string[]): Promise<Pick<ObservedRun, "journal">> {
  const [id, ...others] = (await runIds(cluster)).filter((name) => !before.includes(name));
  if (id === undefined) return {};
  if (others.length > 0) return { journal: new Error(`the run has ${others.length + 1} records`) };
  const { journal } = runFiles(join(runsFolder(cluster), id));
  return {
    journal: await readRun(journal).catch((thrown: unknown) =>
      thrown instanceof Error ? thrown : new Error(String(thrown)),
    ),
  };
}
