import { InstallerError } from "../engine/errors.ts";
import { shorten } from "../engine/output-budget.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import type { Command, CommandResult } from "./transport.ts";

const shownLines = 20;

/** The error for a command whose exit code is not one of those expected. */
export function commandFailed(command: Command, result: CommandResult, node?: string): InstallerError {
  const output = [result.stdout, result.stderr]
    .flatMap((text) => text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== ""))
    .map((line) => shorten(sanitizeLine(line)))
    .slice(-shownLines)
    .join("\n");
  const known = knownCauses.find(({ pattern }) => pattern.test(output));
  const end = result.exitCode === null ? `was ended by ${result.signal}` : `ended with exit code ${result.exitCode}`;
  return new InstallerError("command-failed", {
    message: `\`${headline(command)}\` ${end}.`,
    command: command.text,
    ...(result.exitCode === null ? {} : { commandExitCode: result.exitCode }),
    ...(output === "" ? {} : { output }),
    ...known?.advice,
    ...(node === undefined ? {} : { node }),
  });
}

const knownCauses = [
  {
    pattern: /No space left on device|Disk quota exceeded/,
    advice: {
      likelyCause: "The disk is full.",
      nextSteps: ["See which one with `df -h` and `df -i` on the node, make room, and run the same command again."],
    },
  },
  {
    pattern: /Read-only file system/,
    advice: {
      likelyCause: "The file system is mounted read-only, often because the kernel found an error on the disk.",
      nextSteps: ["Look at `dmesg` and `findmnt` on the node."],
    },
  },
  {
    pattern: /Cannot allocate memory|Resource temporarily unavailable/,
    advice: {
      likelyCause: "The node has no memory or no process numbers left.",
      nextSteps: ["Look at `free -m` and at the longest list of `ps -e` on the node."],
    },
  },
] as const;

function headline({ text }: Command): string {
  const [first = "", ...others] = text.trim().split("\n");
  return others.length > 0 || first.length > 120 ? `${first.slice(0, 120)} …` : first;
}
