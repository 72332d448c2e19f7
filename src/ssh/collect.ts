import { Readable } from "node:stream";
import { Secret } from "../engine/secret.ts";
import { createLineSplitter } from "./lines.ts";
import { createTail } from "./tail.ts";
import type { CommandResult, ExecuteOptions, OutputStream, ProcessEnd } from "./transport.ts";

const defaultKeep = 1024 * 1024;

/** Receives the output of one command and makes its result. */
export interface Collector {
  push(chunk: Buffer, stream: OutputStream): void;
  /** Hands on unfinished lines and gives the result. */
  finish(end: ProcessEnd): CommandResult;
}

/** Makes a collector that serves the callbacks of `options` while the output arrives. */
export function createCollector(options: Pick<ExecuteOptions, "onLine" | "onData" | "keep">): Collector {
  const { onLine, onData, keep = defaultKeep } = options;
  const tails = { stdout: createTail(keep), stderr: createTail(keep) };
  const lines = onLine && {
    stdout: createLineSplitter((line) => onLine(line, "stdout")),
    stderr: createLineSplitter((line) => onLine(line, "stderr")),
  };
  return {
    push(chunk, stream) {
      tails[stream].push(chunk);
      lines?.[stream].push(chunk);
      onData?.(chunk, stream);
    },
    finish(end) {
      lines?.stdout.end();
      lines?.stderr.end();
      return { ...end, stdout: tails.stdout.text(), stderr: tails.stderr.text() };
    },
  };
}

/** The bytes to feed to a command, the only place of this room where a secret is opened for it. */
export function stdinBytes(stdin: string | Buffer | Secret): Buffer {
  if (Buffer.isBuffer(stdin)) return stdin;
  return Buffer.from(stdin instanceof Secret ? stdin.reveal() : stdin, "utf8");
}

/** Standard input as a stream, whatever form it was given in. */
export function stdinStream(stdin: NonNullable<ExecuteOptions["stdin"]>): Readable {
  return stdin instanceof Readable ? stdin : Readable.from([stdinBytes(stdin)]);
}
