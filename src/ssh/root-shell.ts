import { InstallerError } from "../engine/errors.ts";
import { seconds } from "../engine/time.ts";
import { createCollector } from "./collect.ts";
import { orAbort } from "./or-abort.ts";
import type { SpawnGrouped } from "./process-group.ts";
import { type ShellRequest, shellRequest } from "./root-shell-request.ts";
import { endRequest, rootShellScript } from "./root-shell-script.ts";
import type { Command, CommandResult, ExecuteOptions, SpawnOptions } from "./transport.ts";

export interface PerformOptions extends Pick<ExecuteOptions, "signal" | "onLine" | "onData" | "keep"> {
  readonly stdin?: Buffer;
  /** Gives the shell up when it has not begun the command after this many milliseconds; it may wait for ever unless told. */
  readonly beginWithin?: number;
}

/** A shell that runs one command of root after another, so that none has to log in anew. */
export interface RootShell {
  /** False once it has ended, hangs, or has a process of an earlier command that may write into it. */
  readonly usable: boolean;
  /** Runs one command; the caller sees to it that there is only one at a time. @throws InstallerError `connection-lost` */
  perform(command: Command, options: PerformOptions): Promise<CommandResult>;
  close(): void;
}

/** Logs in, becomes root and starts the shell. */
export async function openRootShell(spawnRoot: SpawnGrouped, options: SpawnOptions): Promise<RootShell> {
  const process = await spawnRoot(rootShellScript, options);
  const over = new AbortController();
  let current: ShellRequest | undefined;
  process.stdout.on("data", (chunk: Buffer) => current?.stdout.push(chunk));
  process.stderr.on("data", (chunk: Buffer) => current?.stderr.push(chunk));
  process.stdin.on("error", () => process.close());
  const retire = (why: string): void => {
    over.abort(shellLost(why));
    process.stdin.end();
    process.close();
  };
  process.ended.then(
    () => retire("has ended"),
    (thrown) => over.abort(thrown),
  );
  const endCommand = async (request: ShellRequest): Promise<void> => {
    process.stdin.write(endRequest);
    await orAbort(request.finished, AbortSignal.timeout(seconds(5)));
  };
  return {
    get usable() {
      return !over.signal.aborted;
    },
    close: () => retire("was closed"),
    async perform(command, { stdin, beginWithin, ...options }) {
      options.signal.throwIfAborted();
      const request = shellRequest(command, stdin, createCollector(options));
      current = request;
      const hanging = beginWithin === undefined ? undefined : setTimeout(() => retire("hangs"), beginWithin);
      request.begun.then(() => clearTimeout(hanging));
      process.stdin.write(request.input);
      try {
        const { result, leftovers } = await orAbort(orAbort(request.finished, over.signal), options.signal);
        if (leftovers) retire("is shared with a process in the background");
        return result;
      } catch (thrown) {
        if (!over.signal.aborted) await endCommand(request).catch((failure: unknown) => retire(String(failure)));
        throw thrown;
      } finally {
        clearTimeout(hanging);
        current = undefined;
      }
    },
  };
}

function shellLost(why: string): InstallerError {
  return new InstallerError("connection-lost", {
    message: `The root shell on the node ${why}.`,
    likelyCause: "Someone or something on the node ended it, or the node is overloaded.",
    nextSteps: ["Run the same command again; what is already done is kept."],
  });
}
