import type { Collector } from "./collect.ts";
import { createFrameScanner, type FrameScanner } from "./frames.ts";
import { randomHex } from "./random-hex.ts";
import type { Command, CommandResult } from "./transport.ts";

export interface ShellOutcome {
  readonly result: CommandResult;
  /** Whether the command left processes running. */
  readonly leftovers: boolean;
}

/** One command on its way through a root shell; the wire format is described at `rootShellScript`. */
export interface ShellRequest {
  /** What to write to the shell. */
  readonly input: string | Buffer;
  readonly stdout: FrameScanner;
  readonly stderr: FrameScanner;
  /** Resolves with the process group of the command once it has begun. */
  readonly begun: Promise<number>;
  readonly finished: Promise<ShellOutcome>;
}

/** Every piece would cost a packet of its own. */
function inOnePiece(request: string, stdin: Buffer): string | Buffer {
  return stdin.length === 0 ? request : Buffer.concat([Buffer.from(request), stdin]);
}

function linesIn(text: string): number {
  let lines = 1;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) lines += 1;
  return lines;
}

/** Frames a command with a mark no output can contain by accident. */
export function shellRequest(command: Command, stdin: Buffer = Buffer.alloc(0), collector: Collector): ShellRequest {
  const mark = `\u001e${randomHex()} `;
  const lines = linesIn(command.text);
  let end: { readonly exitCode: number; readonly leftovers: boolean } | undefined;
  let stderrDone = false;
  let begin = (_group: number): void => {};
  let finish = (_outcome: ShellOutcome): void => {};
  const begun = new Promise<number>((resolve) => {
    begin = resolve;
  });
  const finished = new Promise<ShellOutcome>((resolve) => {
    finish = resolve;
  });
  const finishWhenBothDone = (): void => {
    if (end === undefined || !stderrDone) return;
    finish({ result: collector.finish({ exitCode: end.exitCode, signal: null }), leftovers: end.leftovers });
  };
  return {
    input: inOnePiece(`${mark}${stdin.length} ${lines}\n${command.text}\n`, stdin),
    stdout: createFrameScanner(
      mark,
      (data) => collector.push(data, "stdout"),
      (words) => {
        const [code, left] = words.split(" ");
        end = { exitCode: Number(code), leftovers: left === "1" };
        finishWhenBothDone();
      },
    ),
    stderr: createFrameScanner(
      mark,
      (data) => collector.push(data, "stderr"),
      (words) => {
        if (words === "") stderrDone = true;
        else begin(Number(words));
        finishWhenBothDone();
      },
    ),
    begun,
    finished,
  };
}
