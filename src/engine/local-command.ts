import { spawn } from "node:child_process";
import { childEnvironment } from "./child-environment.ts";
import { InstallerError } from "./errors.ts";
import { redact } from "./secret.ts";
import { formatDuration, minutes } from "./time.ts";

export interface LocalCommandOptions {
  readonly signal: AbortSignal;
  /** Milliseconds after which the command is killed; 1 minute unless told. */
  readonly deadline?: number;
  readonly stdin?: string;
  /** Variables added to this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** An open file the program also gets, for example a lock that shall last as long as the program does. */
  readonly inherit?: number;
  /** Exit codes besides 0 that are no failure. */
  readonly allow?: readonly number[];
  /** Gets every line of output while it arrives. */
  readonly onLine?: (line: string) => void;
}

export interface LocalResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const shownLines = 20;

/**
 * Runs a program on this machine, without a shell, and collects its output. Cancelled or too slow, it ends together
 * with everything it has started.
 * @throws InstallerError `command-failed` when it cannot start or ends badly, `deadline-exceeded` when it takes too long
 */
export async function runLocal(
  program: string,
  args: readonly string[],
  options: LocalCommandOptions,
): Promise<LocalResult> {
  const { signal, deadline = minutes(1), allow = [], onLine } = options;
  signal.throwIfAborted();
  const text = [program, ...args].join(" ");
  const timeout = AbortSignal.timeout(deadline);
  const child = spawn(program, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...childEnvironment(), LC_ALL: "C", ...options.env },
    detached: true,
    stdio: ["pipe", "pipe", "pipe", ...(options.inherit === undefined ? [] : [options.inherit])],
  });
  const cancelled = AbortSignal.any([signal, timeout]);
  const end = () => killGroup(child.pid);
  cancelled.addEventListener("abort", end, { once: true });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    const emitLines = onLine === undefined ? undefined : lineFeeder(onLine);
    child[name]?.setEncoding("utf8").on("data", (chunk: string) => {
      output[name] += chunk;
      emitLines?.(chunk);
    });
  }
  child.stdin?.on("error", () => child.stdin?.destroy());
  child.stdin?.end(options.stdin ?? "");
  const ended = await new Promise<{ exitCode: number | null; ending: NodeJS.Signals | null; failure?: Error }>(
    (resolve) => {
      let failure: Error | undefined;
      child.on("error", (error) => {
        failure = error;
        if (child.pid === undefined) resolve({ exitCode: null, ending: null, failure: error });
      });
      child.on("close", (exitCode, ending) =>
        resolve({ exitCode, ending, ...(failure === undefined ? {} : { failure }) }),
      );
    },
  );
  cancelled.removeEventListener("abort", end);
  signal.throwIfAborted();
  if (timeout.aborted) {
    throw new InstallerError("deadline-exceeded", {
      message: `\`${program}\` did not end within ${formatDuration(deadline)} and was killed.`,
      command: text,
      ...tail(output),
    });
  }
  const { exitCode, ending, failure } = ended;
  if (exitCode !== null && (exitCode === 0 || allow.includes(exitCode))) return { exitCode, ...output };
  const how =
    failure !== undefined
      ? `cannot be run: ${failure.message}`
      : exitCode === null
        ? `was ended by ${ending}`
        : `ended with exit code ${exitCode}`;
  throw new InstallerError("command-failed", {
    message: `\`${headline(text)}\` ${how}.`,
    command: text,
    ...(exitCode === null ? {} : { commandExitCode: exitCode }),
    ...tail(output),
    ...(failure === undefined ? {} : { cause: failure }),
  });
}

/** Ends a program together with what it has started, which would otherwise hold its output open and go on. */
function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH")) throw thrown;
  }
}

function headline(text: string): string {
  const line = redact(text).split("\n", 1)[0] ?? "";
  return line.length > 120 ? `${line.slice(0, 120)} …` : line;
}

function tail({ stdout, stderr }: { stdout: string; stderr: string }): { output?: string } {
  const lines = [stdout, stderr].flatMap((text) => text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== ""));
  return lines.length === 0 ? {} : { output: lines.slice(-shownLines).join("\n") };
}

function lineFeeder(onLine: (line: string) => void): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const pieces = (rest + chunk).split(/\r\n|\n|\r/);
    rest = pieces.pop() ?? "";
    for (const piece of pieces) if (piece.trim() !== "") onLine(piece);
  };
}
