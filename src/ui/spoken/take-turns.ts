import { InstallerError } from "../../engine/errors.ts";
import type { Question } from "../app/questions.ts";
import type { AskingTools } from "../services.ts";
import { askChoice } from "./ask-choice.ts";
import { back, sayAll, type Voice } from "./voice.ts";

/** How work that goes on in several places at once speaks with one person. */
export interface Turns {
  readonly ask: AskingTools["ask"];
  /** Says a line, after the answer when something is being asked. */
  readonly print: (line: string) => void;
  /** Whether an answer is waited for. */
  readonly asking: () => boolean;
}

/** Lets questions wait for each other, and what is said meanwhile for the answer; `onLeave` hears of a person who left at one. */
export function takeTurns(voice: Voice, onLeave: (thrown: InstallerError) => void = () => undefined): Turns {
  const held: string[] = [];
  let before: Promise<unknown> = Promise.resolve();
  let asking = false;
  const turn = async (question: Question, signal: AbortSignal): Promise<string> => {
    signal.throwIfAborted();
    asking = true;
    try {
      return await askQuestion(voice, question, signal);
    } catch (thrown) {
      if (thrown instanceof InstallerError && thrown.code === "interrupted") onLeave(thrown);
      else if (!voice.signal.aborted) sayAll(voice, ["", "Nobody waits for the answer any more."]);
      throw thrown;
    } finally {
      asking = false;
      sayAll(voice, held.splice(0));
    }
  };
  return {
    asking: () => asking,
    print: (line) => (asking ? void held.push(line) : voice.print(line)),
    ask: (question, signal) => {
      const answer = before.then(() => turn(question, signal));
      before = answer.catch(() => undefined);
      return answer;
    },
  };
}

/** A question of work that waits, with the answer that changes nothing as the usual one. */
async function askQuestion(
  voice: Voice,
  { title, lines, choices, safe }: Question,
  signal: AbortSignal,
): Promise<string> {
  const either = { ...voice, signal: AbortSignal.any([voice.signal, signal]) };
  const chosen = await askChoice(either, { title, lines, choices, current: safe });
  return chosen === back ? safe : chosen;
}
