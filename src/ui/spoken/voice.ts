import { InstallerError } from "../../engine/errors.ts";

/** A conversation with somebody who listens: one line after the other, nothing is ever drawn over. */
export interface Voice {
  /** Asks and gives the line that was typed, or all that came at once when several were pasted. @throws InstallerError `interrupted` on Ctrl-C */
  readonly ask: (question: string, signal: AbortSignal) => Promise<readonly string[]>;
  /** Takes line after line until `take` wants no more; asks for each with what `promptOf` says. @throws InstallerError `interrupted` on Ctrl-C */
  readonly askLines: (promptOf: () => string, take: (line: string) => boolean, signal: AbortSignal) => Promise<void>;
  /** Until what it gives is called, Ctrl-C while nothing is asked is heard here and by nobody else. */
  readonly hearCtrlC: (onPress: () => void) => () => void;
  readonly print: (line: string) => void;
  /** Ends the conversation at once. */
  readonly signal: AbortSignal;
  /** Ctrl-C while nothing is asked: what runs may come to an end, nothing more is begun. */
  readonly stop: AbortSignal;
}

/** What can be said instead of an answer, wherever something is asked. */
export interface Commands {
  /** Said after `?`. */
  readonly help: readonly string[];
  /** Said after `show`. */
  readonly show?: () => readonly string[];
  /** What that is; the preset unless told. */
  readonly shown?: string;
  /** Done after `save PATH`. */
  readonly save?: (path: string) => Promise<void>;
}

/** The answer of somebody who wants to go back to the question before. */
export const back = Symbol("back");

/**
 * Asks until there is an answer that is no command. After `=` everything is taken as it is, for names like `back`.
 */
export async function listen(voice: Voice, question: string, commands: Commands): Promise<string | typeof back> {
  for (;;) {
    const lines = await untilLeft(voice, () => voice.ask(question, voice.signal));
    const said = (lines[0] ?? "").trim();
    const [word, ...rest] = said.split(" ");
    if (lines.slice(1).some((line) => line.trim() !== "")) {
      voice.print("Those were several lines, and none was taken: this question takes one.");
      voice.print("A list of machines goes into the section Machines, under Type or paste a list.");
    } else if (said === "back") return back;
    else if (said === "?") sayAll(voice, [...commands.help, wordsOf(commands)]);
    else if (said === "show" && commands.show !== undefined) sayAll(voice, commands.show());
    else if (word === "save" && commands.save !== undefined) {
      const path = rest.join(" ").trim();
      if (path === "") voice.print("Say where to: save PATH");
      else await commands.save(path);
    } else return said.startsWith("=") ? said.slice(1) : said;
  }
}

/** Asks, and after Ctrl-C whether to leave; whoever stays is asked again. @throws InstallerError `interrupted` */
export async function untilLeft<T>(voice: Voice, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (thrown) {
      if (!(thrown instanceof InstallerError) || thrown.code !== "interrupted") throw thrown;
      voice.print("");
      voice.print("Leave? What was not saved is lost. Ctrl-C again leaves, too.");
      const [answer = ""] = await voice.ask("yes or no [no]: ", voice.signal);
      if (isYes(answer.trim())) throw thrown;
    }
  }
}

/** Whether an answer is a yes; everything else is a no. */
export function isYes(said: string): boolean {
  return /^y(es)?$/i.test(said);
}

/** Says lines one after the other. */
export function sayAll({ print }: Pick<Voice, "print">, lines: readonly string[]): void {
  for (const line of lines) print(line);
}

function wordsOf({ show, shown = "the preset", save }: Commands): string {
  return [
    "Enter alone keeps what stands in brackets; back goes back",
    ...(show === undefined ? [] : [`show says ${shown}`]),
    ...(save === undefined ? [] : ["save PATH writes it to a file"]),
    "Ctrl-C leaves.",
  ].join("; ");
}
