import { type Command, Option } from "commander";
import { defaultLimits, type Limits } from "../engine/limits.ts";
import { countUpTo } from "./count.ts";

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

/** Where what preflight finds is written for CI servers. */
export function junitOption(): Option {
  return new Option("--junit <file>", "also write what preflight finds to a file, as JUnit test results");
}

/** Whether the output of remote commands is shown. */
export function verboseOption(): Option {
  return new Option("-v, --verbose", "also what commands on the nodes print");
}

/** Whether a held lock is taken away. */
export function breakLockOption(): Option {
  return new Option("--break-lock", "take the cluster over from a run that cannot be alive any more");
}

/** Which nodes the command is limited to. */
export function nodesOption(): Option {
  return new Option(
    "--nodes <names>",
    "only these nodes of the preset, and the control planes; the others are left alone, e.g. w-7,w-8",
  ).argParser((text) =>
    text
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean),
  );
}

/** Whether an absent node stops everything. */
export function requireAllNodesOption(): Option {
  return new Option(
    "--require-all-nodes",
    "change nothing while any node cannot be reached, instead of going on without",
  );
}

/** How much is done at once, over all nodes together. */
export function limitOptions(command: Command): Command {
  return command
    .addOption(limit("concurrency", "steps run", defaultLimits.steps))
    .addOption(limit("concurrent-uploads", "large files travel", defaultLimits.uploads))
    .addOption(connectionsOption());
}

/** How many machines are logged in to at once; for commands that run no steps. */
export function connectionsOption(): Option {
  return limit("concurrent-connections", "machines are logged in to", defaultLimits.connections);
}

function limit(flag: string, what: string, usual: number): Option {
  return new Option(`--${flag} <n>`, `how many ${what} at once`).argParser(countUpTo(10_000)).default(usual);
}

/** The limits among the options of a command; the usual ones where it has no such option. */
export function limitsAmong(options: object): Limits {
  const limit = (name: string, usual: number): number => {
    const value = Object.entries(options).find(([key]) => key === name)?.[1];
    return typeof value === "number" ? value : usual;
  };
  return {
    steps: limit("concurrency", defaultLimits.steps),
    uploads: limit("concurrentUploads", defaultLimits.uploads),
    connections: limit("concurrentConnections", defaultLimits.connections),
  };
}

/** What to do about an interrupted run of the cluster. */
export function interruptedRunOptions(): readonly Option[] {
  return [
    new Option("--resume", "go on after an interrupted run without asking, as without a terminal"),
    new Option("--start-over", "first take away what an interrupted run made, as `destroy --yes` does").conflicts([
      "resume",
      "dryRun",
      "nodes",
    ]),
  ];
}

/** Whether questions may be asked. */
export function nonInteractiveOption(): Option {
  return new Option("--non-interactive", "never ask; fail with exit code 5 when an answer is missing");
}

/** How the program looks on a terminal; what is not said here, the environment says. */
export function appearanceOptions(command: Command): Command {
  return command
    .addOption(new Option("--color", "colours on the screen, whatever NO_COLOR and the terminal say"))
    .addOption(new Option("--no-color", "no colours on the screen, as with NO_COLOR=1"))
    .addOption(new Option("--ascii", "nothing but ASCII on the screen"))
    .addOption(
      new Option("--screen-reader", "plain questions one after the other instead of the screen, as with ACCESSIBLE=1"),
    );
}

/** What `appearanceOptions` gives. */
export interface AppearanceOptions {
  readonly color?: boolean;
  readonly ascii?: boolean;
  readonly screenReader?: boolean;
}
