import { setTimeout as delay } from "node:timers/promises";
import { seconds } from "../engine/time.ts";
import { createCollector, stdinStream } from "./collect.ts";
import type { CommandResult, ExecuteOptions, ProcessEnd, RemoteProcess } from "./transport.ts";

/** How long a command may take to end after TERM before it gets KILL. */
export const killGrace = seconds(5);

/**
 * Feeds a running process and collects its output until it ends.
 * When the signal is aborted, `end` is called and the process awaited before the promise is rejected with the reason.
 * @throws InstallerError `connection-lost`
 */
export async function collectProcess(
  process: RemoteProcess,
  options: ExecuteOptions,
  end: () => Promise<void> = () => endAsLoginUser(process),
): Promise<CommandResult> {
  const { signal, stdin } = options;
  const collector = createCollector(options);
  process.stdout.on("data", (chunk: Buffer) => collector.push(chunk, "stdout"));
  process.stderr.on("data", (chunk: Buffer) => collector.push(chunk, "stderr"));
  process.stdin.on("error", () => process.stdin.destroy());
  if (stdin === undefined) process.stdin.end();
  else feed(process, stdinStream(stdin));
  const ended = await endedOrAborted(process, signal, end);
  return collector.finish(ended);
}

/** Waits for the end of a process; an aborted signal first ends it there, then rejects with the reason. */
export async function endedOrAborted(
  process: RemoteProcess,
  signal: AbortSignal,
  end: () => Promise<void> = () => endAsLoginUser(process),
): Promise<ProcessEnd> {
  let stop = (): void => {};
  const aborted = new Promise<"aborted">((resolve) => {
    stop = () => resolve("aborted");
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    const first = await Promise.race([process.ended, aborted]);
    if (first !== "aborted") return first;
    await end().finally(() => process.close());
    throw signal.reason;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function endAsLoginUser(process: RemoteProcess): Promise<void> {
  const over = process.ended.then(
    () => true,
    () => true,
  );
  for (const kind of ["TERM", "KILL"] as const) {
    process.kill(kind);
    const timer = new AbortController();
    const late = delay(killGrace, false, { signal: timer.signal }).catch(() => false);
    const ended = await Promise.race([over, late]);
    timer.abort();
    if (ended) return;
  }
}

function feed(process: RemoteProcess, source: ReturnType<typeof stdinStream>): void {
  source.on("error", (error) => process.stdin.destroy(error));
  source.pipe(process.stdin);
  process.ended.then(
    () => source.destroy(),
    () => source.destroy(),
  );
}
