import { type Command, Option } from "commander";

/** Which preset the command is about. */
export function presetOption(command: Command): Command {
  return command.option("--preset <file>", "the cluster that is wanted, as YAML");
}

/** The form of what a command prints. */
export function outputOption(): Option {
  return new Option("-o, --output <format>", "lines for people, or one JSON object per line")
    .choices(["plain", "ndjson"])
    .default("plain");
}

/** Whether the output of remote commands is shown. */
export function verboseOption(): Option {
  return new Option("-v, --verbose", "also what commands on the nodes print");
}

/** Whether a held lock is taken away. */
export function breakLockOption(): Option {
  return new Option("--break-lock", "take the cluster over from a run that cannot be alive any more");
}

/** Whether an absent node stops everything. */
export function requireAllNodesOption(): Option {
  return new Option(
    "--require-all-nodes",
    "change nothing while any node cannot be reached, instead of going on without",
  );
}

/** Whether questions may be asked. */
export function nonInteractiveOption(): Option {
  return new Option("--non-interactive", "never ask; fail with exit code 5 when an answer is missing");
}
