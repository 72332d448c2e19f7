import { StringDecoder } from "node:string_decoder";
import { InstallerError } from "../../engine/errors.ts";
import { printableText } from "../../engine/printable.ts";
import { createLineEditor } from "../../ui/spoken/line-editor.ts";
import type { Voice } from "../../ui/spoken/voice.ts";

interface Listener {
  readonly onLine: (line: string) => void;
  /** Whether enough was heard; asked for when nothing more has come for now. */
  readonly isOver: () => boolean;
  readonly signal: AbortSignal;
}

const ctrlC = 3;

/** The keyboard for a conversation, read key by key: Node's own reading of lines draws them anew again and again. */
export function keyboard(): Pick<Voice, "ask" | "askLines" | "hearCtrlC"> {
  const { stdin, stderr } = process;
  let asking = false;
  let watching = 0;
  const settle = (): void => {
    const reads = asking || watching > 0;
    stdin.setRawMode(reads);
    if (reads) stdin.resume();
    else stdin.pause();
  };

  /** @throws InstallerError `interrupted` on Ctrl-C, on Ctrl-D, and when the terminal is gone */
  const listenToKeys = ({ onLine, isOver, signal }: Listener): Promise<void> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const decoder = new StringDecoder("utf8");
      const editor = createLineEditor({ echo: (text) => void stderr.write(text), onLine });
      const end = (then: () => void): void => {
        stdin.off("data", hear).off("end", leave);
        signal.removeEventListener("abort", abort);
        asking = false;
        settle();
        then();
      };
      const leave = (): void => {
        const error = new InstallerError("interrupted", { message: "The question was not answered." });
        end(() => reject(error));
      };
      const abort = (): void => end(() => reject(signal.reason));
      const hear = (typed: Buffer): void => {
        if (editor.take(decoder.write(typed)) === "leave") leave();
        else if (isOver()) end(resolve);
      };
      asking = true;
      settle();
      signal.addEventListener("abort", abort, { once: true });
      stdin.on("data", hear).once("end", leave);
      if (stdin.readableEnded) leave();
    });

  return {
    ask: async (question, signal) => {
      const lines: string[] = [];
      stderr.write(printableText(question));
      await listenToKeys({ onLine: (line) => void lines.push(line), isOver: () => lines.length > 0, signal });
      return lines;
    },
    askLines: async (promptOf, take, signal) => {
      let over = false;
      const ask = () => void stderr.write(printableText(promptOf()));
      const onLine = (line: string): void => {
        if (over) return;
        over = !take(line);
        if (!over) ask();
      };
      ask();
      await listenToKeys({ onLine, isOver: () => over, signal });
    },
    hearCtrlC: (onPress) => {
      const hear = (typed: Buffer): void => {
        if (!asking && typed.includes(ctrlC)) onPress();
      };
      watching += 1;
      settle();
      stdin.on("data", hear);
      return () => {
        stdin.off("data", hear);
        watching -= 1;
        settle();
      };
    },
  };
}
