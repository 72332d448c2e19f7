/** A conversation with somebody who listens: one line after the other, nothing is ever drawn over. */
export interface Voice {
  /** Asks and gives the answer without the blanks around it. @throws InstallerError `interrupted` on Ctrl-C */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string>;
  readonly print: (line: string) => void;
  /** Ends the conversation at once. */
  readonly signal: AbortSignal;
}

/** What can be said instead of an answer, wherever something is asked. */
export interface Commands {
  /** Said after `?`. */
  readonly help: readonly string[];
  /** Said after `show`. */
  readonly show?: () => readonly string[];
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
    const said = await voice.ask(question, voice.signal);
    const [word, ...rest] = said.split(" ");
    if (said === "back") return back;
    if (said === "?") sayAll(voice, [...commands.help, wordsOf(commands)]);
    else if (said === "show" && commands.show !== undefined) sayAll(voice, commands.show());
    else if (word === "save" && commands.save !== undefined) {
      const path = rest.join(" ").trim();
      if (path === "") voice.print("Say where to: save PATH");
      else await commands.save(path);
    } else return said.startsWith("=") ? said.slice(1) : said;
  }
}

/** Says lines one after the other. */
export function sayAll({ print }: Pick<Voice, "print">, lines: readonly string[]): void {
  for (const line of lines) print(line);
}

function wordsOf({ show, save }: Commands): string {
  return [
    "Enter alone keeps what stands in brackets; back goes back",
    ...(show === undefined ? [] : ["show says the preset"]),
    ...(save === undefined ? [] : ["save PATH writes it to a file"]),
    "Ctrl-C leaves.",
  ].join("; ");
}
