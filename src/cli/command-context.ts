import type { Limits } from "../engine/limits.ts";
import type { Person } from "./person.ts";

/** What every command handler gets besides its options. */
export interface CommandContext {
  /** Aborts at once: second Ctrl-C, SIGTERM, SIGHUP. */
  readonly signal: AbortSignal;
  /** Asks to finish what is running and start nothing more: first Ctrl-C. */
  readonly stop: AbortSignal;
  /** A person is there to answer questions. */
  readonly interactive: boolean;
  /** Who that is; somebody at the prompt unless told. */
  readonly person?: Person;
  /** How much may be done at once. */
  readonly limits: Limits;
  /** Writes one line of result; what a script would read. */
  readonly print: (line: string) => void;
  /** Writes one line of progress or explanation, apart from the result. */
  readonly inform: (line: string) => void;
}

/** A command's work; the number is the process exit code. */
export type CommandHandler<Options> = (options: Options, context: CommandContext) => Promise<number>;
