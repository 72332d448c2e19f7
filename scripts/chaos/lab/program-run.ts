import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { program } from "../../../test/lab/kube-installer.ts";

/** Where in the plan an event belongs. */
export interface StepPlace {
  readonly step?: string;
  readonly node?: string;
}

/** What preflight found, as an event tells it. */
export interface Finding {
  readonly check: string;
  readonly severity: string;
  readonly node?: string;
  readonly message: string;
  readonly measured?: string;
}

/** The parts of an NDJSON line that decide when to strike and how to judge. */
export interface SeenEvent extends StepPlace {
  /** Milliseconds from the start of the process until the line was here. */
  readonly at: number;
  readonly type: string;
  readonly outcome?: string;
  readonly counts?: Readonly<Record<string, number>>;
  readonly setAside?: readonly string[];
  readonly findings?: readonly Finding[];
}

/** One run of the program from its start to its end. */
export interface ProgramEnd {
  readonly args: readonly string[];
  /** Absent when a signal ended it. */
  readonly exitCode?: number;
  readonly durationMs: number;
  readonly events: readonly SeenEvent[];
  readonly stdout: string;
  readonly stderr: string;
  /** It did not end in time and was killed. */
  readonly hung: boolean;
}

export interface RunningProgram {
  /** SIGKILL to this one process; what it has started elsewhere learns of it by its connections alone. */
  readonly kill: () => void;
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Called for every line, as soon as it is here. */
  readonly onEvent?: (event: SeenEvent, running: RunningProgram) => void;
}

/** Nothing here takes longer, however busy the machine is. */
const deadline = 20 * 60_000;

/** Runs `kube-installer ARGS --output ndjson` as a script would. */
export async function runProgram(
  args: readonly string[],
  { env = {}, onEvent }: ProgramOptions = {},
): Promise<ProgramEnd> {
  const began = performance.now();
  const all = [...args, "--non-interactive", "--output", "ndjson"];
  const child = spawn(process.execPath, [program, ...all], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => void child.kill("SIGKILL");
  let hung = false;
  const limit = setTimeout(() => {
    hung = true;
    kill();
  }, deadline);
  const events: SeenEvent[] = [];
  const [lines, stderr]: [string[], string[]] = [[], []];
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => stderr.push(chunk));
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    const event = eventOf(line, performance.now() - began);
    if (event === undefined) return;
    events.push(event);
    onEvent?.(event, { kill });
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearTimeout(limit);
  return {
    args: all,
    ...(exitCode === null ? {} : { exitCode }),
    durationMs: Math.round(performance.now() - began),
    events,
    stdout: lines.join("\n"),
    stderr: stderr.join(""),
    hung,
  };
}

function eventOf(line: string, at: number): SeenEvent | undefined {
  try {
    return { ...JSON.parse(line), at: Math.round(at) };
  } catch {
    return undefined;
  }
}

/** How often a run is repeated that a busy machine turned away. */
const patience = 10;

/**
 * Runs again when preflight measured that this machine's disk is too slow for etcd right now: all nodes share that disk
 * with whatever else the machine does, and a run that was turned away has changed nothing.
 */
export async function onceDiskAllows<T extends { readonly end: ProgramEnd }>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const came = await run();
    if (attempt === patience || came.end.exitCode !== 3 || !onlyDiskTooSlow(came.end)) return came;
  }
}

function onlyDiskTooSlow({ events }: ProgramEnd): boolean {
  const errors = events.flatMap(({ findings = [] }) => findings.filter(({ severity }) => severity === "error"));
  return errors.length > 0 && errors.every(({ check }) => check === "resources.disk-latency");
}
