import { StringDecoder } from "node:string_decoder";
import { InstallerError } from "../../engine/errors.ts";
import { createLineEditor } from "../../ui/spoken/line-editor.ts";
import type { Voice } from "../../ui/spoken/voice.ts";

/** Asks and gives the line that was typed, together with those that came with it when several were pasted. */
export const askAtOnce: Voice["ask"] = async (question, signal) => {
  const lines: string[] = [];
  process.stderr.write(question);
  await listenToKeys({ onLine: (line) => void lines.push(line), isOver: () => lines.length > 0, signal });
  return lines;
};

/** Takes line after line, typed or pasted, until `take` wants no more. */
export const askLines: Voice["askLines"] = async (promptOf, take, signal) => {
  let over = false;
  const ask = () => void process.stderr.write(promptOf());
  const hear = (line: string) => {
    if (over) return;
    over = !take(line);
    if (!over) ask();
  };
  ask();
  await listenToKeys({ onLine: hear, isOver: () => over, signal });
};

interface Listener {
  readonly onLine: (line: string) => void;
  /** Whether enough was heard; asked for when nothing more has come for now. */
  readonly isOver: () => boolean;
  readonly signal: AbortSignal;
}

/**
 * Reads lines key by key, so that nothing is ever drawn anew as Node's own reading of lines does it.
 * @throws InstallerError `interrupted` on Ctrl-C, on Ctrl-D, and when the terminal is gone
 */
function listenToKeys({ onLine, isOver, signal }: Listener): Promise<void> {
  const { stdin, stderr } = process;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const decoder = new StringDecoder("utf8");
    const editor = createLineEditor({ echo: (text) => void stderr.write(text), onLine });
    const end = (then: () => void): void => {
      stdin.off("data", hear).off("end", leave).pause();
      stdin.setRawMode(false);
      signal.removeEventListener("abort", abort);
      then();
    };
    const leave = (): void =>
      end(() =>
        reject(new InstallerError("interrupted", { message: "The question was not answered; nothing was changed." })),
      );
    const abort = (): void => end(() => reject(signal.reason));
    const hear = (typed: Buffer): void => {
      if (editor.take(decoder.write(typed)) === "leave") leave();
      else if (isOver()) end(resolve);
    };
    if (stdin.readableEnded) return leave();
    signal.addEventListener("abort", abort, { once: true });
    stdin.setRawMode(true);
    stdin.on("data", hear).once("end", leave).resume();
  });
}
