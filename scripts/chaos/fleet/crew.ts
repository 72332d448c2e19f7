import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import type { Played } from "../../../test/fleet/chaos/play.ts";
import type { Answer } from "../../../test/fleet/chaos/worker.ts";

/** Processes that play schedules. */
export interface Crew {
  play(seed: number, indices: readonly number[], listen: Listener): Promise<void>;
  /** Complaints about memory that grew from schedule to schedule. */
  leaks(): readonly string[];
  end(): Promise<void>;
}

export interface Listener {
  onLine(line: string): void;
  onPlayed(played: Played, schedule: readonly string[]): void;
}

export interface CrewOptions {
  readonly nodes: number;
  readonly jobs: number;
  readonly verbose: boolean;
  /** Simulated machines behind ssh, or mere models below the engine. */
  readonly below: "ssh" | "engine";
}

/** Most of what a schedule makes is of use for a moment only: with more room than usual it is gone before it is copied. */
const roomy = ["--min-semi-space-size=128", "--max-semi-space-size=128", "--initial-heap-size=2048"];

/** Real milliseconds after which a schedule that neither ends nor waits is given up. */
const patience = 60 * 60_000;

/** Bytes the memory in use may grow by for each schedule, on the average of those after the first ten. */
const growthAllowed = 256 * 1024;
const warmUp = 10;

/** Bytes the simulated machines may keep for the whole time: scripts their shell has read before, up to 4,000. */
const kept = 128 * 2 ** 20;

/** Prepares the processes; each keeps its machines over all schedules it plays. */
export async function createCrew({ nodes, jobs, verbose, below }: CrewOptions): Promise<Crew> {
  const program = await bundleWorker();
  const folder = await mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "kube-installer-chaos-"));
  const heaps: number[][] = [];
  const children = new Set<ChildProcess>();

  const work = async (
    number: number,
    next: () => number | undefined,
    seed: number,
    listen: Listener,
  ): Promise<void> => {
    const heap: number[] = [];
    heaps.push(heap);
    let index = next();
    while (index !== undefined) {
      await mkdir(join(folder, String(number)), { recursive: true });
      const child = startWorker(program, { nodes, below, verbose }, join(folder, String(number)));
      children.add(child);
      await answered(child, listen, "ready", patience);
      while (index !== undefined) {
        child.send({ seed, index, verbose });
        const played = await answered(child, listen, "played", patience);
        heap.push(played?.heap ?? 0);
        if (played === undefined) listen.onPlayed(lost(index), []);
        index = next();
        if (played === undefined) break;
      }
      children.delete(child);
      if (child.connected) child.disconnect();
    }
  };
  return {
    play: async (seed, indices, listen) => {
      const left = [...indices];
      await Promise.all(Array.from({ length: jobs }, (_, number) => work(number, () => left.shift(), seed, listen)));
    },
    leaks: () => heaps.flatMap((heap, number) => complaint(heap, number)),
    end: async () => {
      for (const child of children) child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
      await rm(dirname(program), { recursive: true, force: true });
    },
  };
}

/** Waits for one answer of a worker; undefined when the worker ended or was ended because it took too long. */
async function answered(
  child: ChildProcess,
  listen: Listener,
  wanted: "ready" | "played",
  limit: number,
): Promise<Played | undefined> {
  const waiting = new AbortController();
  const late = setTimeout(() => child.kill("SIGKILL"), limit);
  let result: Played | undefined;
  const answer = new Promise<void>((done) => {
    const listener = (message: Answer): void => {
      if ("line" in message) {
        if (message.line !== "ready") listen.onLine(message.line);
        else if (wanted === "ready") done();
        return;
      }
      result = message.played;
      listen.onPlayed(message.played, message.schedule);
      child.off("message", listener);
      done();
    };
    child.on("message", listener);
    waiting.signal.addEventListener("abort", () => child.off("message", listener));
  });
  await Promise.race([answer, once(child, "exit", { signal: waiting.signal }).catch(() => {})]);
  clearTimeout(late);
  waiting.abort();
  return result;
}

function startWorker(
  program: string,
  { nodes, below, verbose }: Pick<CrewOptions, "nodes" | "below" | "verbose">,
  home: string,
): ChildProcess {
  return fork(program, [String(nodes), below, verbose ? "verbose" : "brief"], {
    execArgv: ["--expose-gc", "--enable-source-maps", ...roomy],
    // No ssh there: nobody's own configuration of OpenSSH counts.
    env: {
      HOME: home,
      XDG_STATE_HOME: join(home, "state"),
      XDG_CACHE_HOME: join(home, "cache"),
      PATH: "/nonexistent",
      TMPDIR: home,
      // Work on files ends in the order it was begun in, so that a seed gives the same events every time.
      UV_THREADPOOL_SIZE: "1",
    },
  });
}

function lost(index: number): Played {
  return {
    ...{
      index,
      outcome: "hung",
      code: undefined,
      setAside: 0,
      felt: [],
      blow: undefined,
      virtualMs: 0,
      realMs: 0,
      cpuMs: 0,
      heap: 0,
    },
    violations: ["the process that played it ended, or neither ended nor waited for an hour"],
  };
}

function complaint(heap: readonly number[], number: number): readonly string[] {
  const [first, last] = [heap[warmUp], heap.at(-1)];
  if (first === undefined || last === undefined || heap.length < 3 * warmUp) return [];
  const growth = (last - first - kept) / (heap.length - warmUp);
  return growth <= growthAllowed
    ? []
    : [`memory: process ${number} grew by ${Math.round(growth / 1024)} KiB with every schedule`];
}

/** The worker with the program in it, as one file for plain Node.js. */
async function bundleWorker(): Promise<string> {
  const outdir = resolve(`node_modules/.chaos/fleet-worker-${process.pid}`);
  await build({
    entryPoints: ["test/fleet/chaos/worker-process.ts"],
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    sourcemap: true,
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
  });
  return join(outdir, "worker-process.mjs");
}
