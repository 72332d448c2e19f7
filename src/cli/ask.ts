import { createInterface } from "node:readline/promises";
import { InstallerError } from "../engine/errors.ts";

/**
 * Asks the person at the terminal and gives the answer without the blanks around it.
 * @throws InstallerError `interrupted` on Ctrl-C or Ctrl-D
 */
export async function ask(question: string, signal: AbortSignal): Promise<string> {
  const leaving = new AbortController();
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const leave = () => leaving.abort();
  prompt.once("SIGINT", leave).once("close", leave);
  try {
    return (await prompt.question(question, { signal: AbortSignal.any([signal, leaving.signal]) })).trim();
  } catch (thrown) {
    if (signal.aborted || !leaving.signal.aborted) throw thrown;
    throw new InstallerError("interrupted", { message: "The question was not answered; nothing was changed." });
  } finally {
    prompt.off("close", leave).close();
  }
}
