import { InstallerError } from "../../../src/engine/errors.ts";
import type { Place } from "../../../src/ui/app/place.ts";
import type { Services } from "../../../src/ui/services.ts";
import { openSpoken } from "../../../src/ui/spoken/open-spoken.ts";
import type { WizardAction } from "../../../src/ui/wizard/wizard-state.ts";
import { appModel } from "../app-model.ts";

/** What was said, questions with their answers behind them, and the exit code; undefined when the answers ran out. */
export interface Conversation {
  readonly said: string;
  readonly exitCode: number | undefined;
}

/** Has a conversation in which the person gives these answers, and leaves with Ctrl-C when there are no more. */
export async function converse(
  answers: readonly string[],
  options: {
    readonly services?: Partial<Services>;
    readonly first?: readonly [Place, ...Place[]];
    readonly load?: Extract<WizardAction, { readonly type: "load" }>;
  } = {},
): Promise<Conversation> {
  const { services = {}, first = [{ screen: "home" }], load } = options;
  const left = [...answers];
  const said: string[] = [];
  const ask = async (question: string): Promise<string> => {
    const answer = left.shift();
    if (answer === undefined) throw new InstallerError("interrupted", { message: "Nothing more was answered." });
    said.push(`${question}${answer}`);
    return answer;
  };
  const { model } = appModel({ services });
  const voice = { ask, print: (line: string) => void said.push(line), signal: new AbortController().signal };
  const stop = new AbortController().signal;
  try {
    const exitCode = await openSpoken({
      services: model.services,
      voice,
      stop,
      first,
      ...(load === undefined ? {} : { load }),
    });
    return { said: said.join("\n"), exitCode };
  } catch (thrown) {
    if (!(thrown instanceof InstallerError) || thrown.code !== "interrupted") throw thrown;
    return { said: said.join("\n"), exitCode: undefined };
  }
}
