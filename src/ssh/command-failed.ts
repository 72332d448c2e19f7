import { InstallerError } from "../engine/errors.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import type { Command, CommandResult } from "./transport.ts";

const shownLines = 20;

/** The error for a command whose exit code is not one of those expected. */
export function commandFailed(command: Command, result: CommandResult, node?: string): InstallerError {
  const output = [result.stdout, result.stderr]
    .flatMap((text) => text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== ""))
    .map((line) => sanitizeLine(line))
    .slice(-shownLines)
    .join("\n");
  const end = result.exitCode === null ? `was ended by ${result.signal}` : `ended with exit code ${result.exitCode}`;
  return new InstallerError("command-failed", {
    message: `\`${headline(command)}\` ${end}.`,
    command: command.text,
    ...(result.exitCode === null ? {} : { commandExitCode: result.exitCode }),
    ...(output === "" ? {} : { output }),
    ...(node === undefined ? {} : { node }),
  });
}

function headline({ text }: Command): string {
  const [first = "", ...others] = text.trim().split("\n");
  return others.length > 0 || first.length > 120 ? `${first.slice(0, 120)} …` : first;
}
