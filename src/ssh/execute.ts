import { createCollector, stdinStream } from "./collect.ts";
import { onAbort } from "./or-abort.ts";
import { endGroup, type GroupedProcess, type SpawnGrouped } from "./process-group.ts";
import type { ExecuteOptions, ProcessEnd, Transport } from "./transport.ts";

/** Runs single commands to their end, each on a channel of its own. @throws InstallerError `connection-lost` */
export function executor(spawn: SpawnGrouped): Transport["execute"] {
  return async (command, options) => {
    const process = await spawn(command, { signal: options.signal });
    const collector = createCollector(options);
    process.stdout.on("data", (chunk: Buffer) => collector.push(chunk, "stdout"));
    process.stderr.on("data", (chunk: Buffer) => collector.push(chunk, "stderr"));
    feed(process, options.stdin);
    return collector.finish(await endedOrAborted(spawn, process, options.signal));
  };
}

/** Waits for the end of a process; an aborted signal first ends its group there, then rejects with the reason. */
async function endedOrAborted(spawn: SpawnGrouped, process: GroupedProcess, signal: AbortSignal): Promise<ProcessEnd> {
  let forget = (): void => {};
  const aborted = new Promise<"aborted">((resolve) => {
    forget = onAbort(signal, () => resolve("aborted"));
  });
  try {
    const first = await Promise.race([process.ended, aborted]);
    if (first !== "aborted") return first;
    await endGroup(spawn, process.group).finally(() => process.close());
    throw signal.reason;
  } finally {
    forget();
  }
}

function feed(process: GroupedProcess, stdin: ExecuteOptions["stdin"]): void {
  process.stdin.on("error", () => process.stdin.destroy());
  if (stdin === undefined) {
    process.stdin.end();
    return;
  }
  const source = stdinStream(stdin);
  source.on("error", () => process.close());
  source.pipe(process.stdin);
  const stop = (): void => {
    source.destroy();
  };
  process.ended.then(stop, stop);
}
