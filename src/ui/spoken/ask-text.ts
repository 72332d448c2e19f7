import { back, type Commands, listen, type Voice } from "./voice.ts";

export interface TextQuestion {
  readonly label: string;
  /** What Enter alone keeps; empty when there is nothing yet. */
  readonly current: string;
  /** What holds when nothing is said, in words. */
  readonly otherwise?: string | undefined;
  readonly commands: Commands;
  /** Takes the answer; gives what is wrong with it, if something is. */
  readonly take: (text: string) => string | undefined;
}

const none = "-";

/** Asks for a text until one is taken; a dash alone takes the current one away. */
export async function askText(voice: Voice, question: TextQuestion): Promise<"answered" | typeof back> {
  const { label, current, otherwise, commands, take } = question;
  const shown = current === "" ? (otherwise ?? "nothing yet") : current;
  const help = {
    ...commands,
    help: [...commands.help, "A dash alone takes the value away, so that the default holds."],
  };
  for (;;) {
    const said = await listen(voice, `${label} [${shown}]: `, help);
    if (said === back) return back;
    const problem = take(said === none ? "" : said === "" ? current : said);
    if (problem === undefined) return "answered";
    voice.print(`Not that: ${problem}`);
  }
}
