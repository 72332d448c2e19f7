import { InstallerError } from "../../../src/engine/errors.ts";
import type { Place } from "../../../src/ui/app/place.ts";
import type { Services } from "../../../src/ui/services.ts";
import { openSpoken } from "../../../src/ui/spoken/open-spoken.ts";
import type { Voice } from "../../../src/ui/spoken/voice.ts";
import type { WizardAction } from "../../../src/ui/wizard/wizard-state.ts";
import { appModel } from "../app-model.ts";

/** What was said, questions with their answers behind them, and the exit code; undefined when the answers ran out. */
export interface Conversation {
  readonly said: string;
  readonly exitCode: number | undefined;
}

/** An answer for Ctrl-C at a question. */
export const ctrlC = "\u0003";

/** Has a conversation in which the person gives these answers, several lines where they paste, and leaves with Ctrl-C when there are no more. */
export async function converse(
  answers: readonly string[],
  options: {
    readonly services?: Partial<Services>;
    readonly first?: readonly [Place, ...Place[]];
    readonly load?: Extract<WizardAction, { readonly type: "load" }>;
    /** A Ctrl-C that the program as a whole hears. */
    readonly stop?: AbortSignal;
    /** Is given what presses Ctrl-C while something is done that can be ended. */
    readonly working?: (pressCtrlC: () => void) => void;
  } = {},
): Promise<Conversation> {
  const {
    services = {},
    first = [{ screen: "home" }],
    load,
    stop = new AbortController().signal,
    working = () => undefined,
  } = options;
  const left = [...answers];
  const said: string[] = [];
  const answerTo = (question: string): string => {
    const answer = left.shift();
    if (answer === undefined || answer === ctrlC)
      throw new InstallerError("interrupted", { message: "Nothing was answered." });
    said.push(`${question}${answer}`);
    return answer;
  };
  const ask = async (question: string) => answerTo(question).split("\n");
  const askLines: Voice["askLines"] = async (promptOf, take) => {
    let more = true;
    while (more) for (const line of answerTo(promptOf()).split("\n")) more = more && take(line);
  };
  const { model } = appModel({ services });
  const print = (line: string) => void said.push(line);
  const hearCtrlC: Voice["hearCtrlC"] = (onPress) => {
    working(onPress);
    return () => working(() => undefined);
  };
  const voice = { ask, askLines, hearCtrlC, print, signal: new AbortController().signal, stop };
  try {
    const exitCode = await openSpoken({
      services: model.services,
      voice,
      first,
      ...(load === undefined ? {} : { load }),
    });
    return { said: said.join("\n"), exitCode };
  } catch (thrown) {
    if (!(thrown instanceof InstallerError) || thrown.code !== "interrupted") throw thrown;
    return { said: said.join("\n"), exitCode: undefined };
  }
}
