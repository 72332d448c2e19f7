import { createInterface, type Interface } from "node:readline/promises";
import { InstallerError } from "../engine/errors.ts";

/**
 * Asks the person at the terminal and gives the answer without the blanks around it.
 * @throws InstallerError `interrupted` on Ctrl-C or Ctrl-D
 */
export async function ask(question: string, signal: AbortSignal): Promise<string> {
  const [answer = ""] = await askAtOnce(question, signal);
  return answer.trim();
}

/**
 * Asks and gives the line that was typed, together with those that came with it when several were pasted.
 * @throws InstallerError `interrupted` on Ctrl-C or Ctrl-D
 */
export function askAtOnce(question: string, signal: AbortSignal): Promise<readonly string[]> {
  return atPrompt(signal, async (prompt, either) => {
    const more: string[] = [];
    prompt.on("line", (line) => void more.push(line));
    const first = await prompt.question(question, { signal: either });
    return [first, ...more];
  });
}

/**
 * Takes line after line, typed or pasted, until `take` wants no more; `promptOf` is asked before each one.
 * @throws InstallerError `interrupted` on Ctrl-C or Ctrl-D
 */
export function askLines(promptOf: () => string, take: (line: string) => boolean, signal: AbortSignal): Promise<void> {
  return atPrompt(
    signal,
    (prompt, either) =>
      new Promise((resolve, reject) => {
        const ask = () => {
          prompt.setPrompt(promptOf());
          prompt.prompt();
        };
        const hear = (line: string) => {
          if (take(line)) return ask();
          prompt.off("line", hear);
          resolve();
        };
        either.addEventListener("abort", () => reject(either.reason), { once: true });
        either.throwIfAborted();
        prompt.on("line", hear);
        ask();
      }),
  );
}

/** Reads lines from the terminal for as long as `use` does. */
async function atPrompt<T>(
  signal: AbortSignal,
  use: (prompt: Interface, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const leaving = new AbortController();
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const leave = () => leaving.abort();
  prompt.once("SIGINT", leave).once("close", leave);
  try {
    return await use(prompt, AbortSignal.any([signal, leaving.signal]));
  } catch (thrown) {
    if (signal.aborted || !leaving.signal.aborted) throw thrown;
    throw new InstallerError("interrupted", { message: "The question was not answered; nothing was changed." });
  } finally {
    prompt.off("close", leave).close();
  }
}
