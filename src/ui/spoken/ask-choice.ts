import { back, type Commands, isYes, listen, sayAll, type Voice } from "./voice.ts";

export interface SpokenChoice<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly note?: string | undefined;
}

export interface ChoiceQuestion<V extends string> {
  /** Left out where the same was just said. */
  readonly title?: string | undefined;
  /** More to say before the answers. */
  readonly lines?: readonly string[];
  readonly choices: readonly SpokenChoice<V>[];
  /** What Enter alone means; without it, there must be an answer. */
  readonly current?: V | undefined;
  readonly commands?: Commands;
}

/** Says the answers with a number each and takes one of the numbers. */
export async function askChoice<V extends string>(
  voice: Voice,
  { title, lines = [], choices, current, commands = { help: [] } }: ChoiceQuestion<V>,
): Promise<V | typeof back> {
  sayAll(voice, [...(title === undefined ? [] : [title]), ...lines]);
  const sayChoices = (): string[] =>
    choices.map(({ label, note }, index) => `  ${index + 1}  ${label}${note === undefined ? "" : `: ${note}`}`);
  sayAll(voice, sayChoices());
  const usual = choices.findIndex(({ value }) => value === current) + 1;
  const question = `Number${usual === 0 ? "" : ` [${usual}]`}: `;
  const help = { ...commands, help: [...commands.help, ...sayChoices()] };
  for (;;) {
    const said = await listen(voice, question, help);
    if (said === back) return back;
    const chosen =
      said === "" && usual > 0 ? choices[usual - 1] : /^\d+$/.test(said) ? choices[Number(said) - 1] : undefined;
    if (chosen !== undefined) return chosen.value;
    voice.print(`Say a number from 1 to ${choices.length}, ? for help.`);
  }
}

/** A question that is answered with yes or no; Enter alone and back are a no. */
export async function askYes(voice: Voice, question: string, commands: Partial<Commands> = {}): Promise<boolean> {
  const help = ["yes does it, no or Enter alone does not.", ...(commands.help ?? [])];
  for (;;) {
    const said = await listen(voice, `${question} yes or no [no]: `, { ...commands, help });
    if (said === back || isNo(said)) return false;
    if (isYes(said)) return true;
    voice.print("Say yes or no.");
  }
}

function isNo(said: string): boolean {
  return /^(no?)?$/i.test(said);
}
