import { type Command, Option } from "commander";
import {
  breakLockOption,
  connectionsOption,
  interruptedRunOptions,
  junitOption,
  limitOptions,
  nodesOption,
  nonInteractiveOption,
  outputOption,
  presetOption,
  requireAllNodesOption,
  verboseOption,
} from "../options.ts";
import type { Runner } from "../runner.ts";

/** `install`, which is also what the program does without a command, `plan`, `destroy` and `preflight`. */
export function clusterCommands(program: Command, run: Runner): void {
  installOptions(program).action(run(async () => (await import("../commands/install.ts")).runDefault));
  installOptions(program.command("install").description("install the cluster a preset describes")).action(
    run(async () => (await import("../commands/install.ts")).run),
  );
  const plan = program
    .command("plan")
    .description("look at every node and list what would change there; change nothing");
  presetOption(plan)
    .addOption(
      new Option("-o, --output <format>", "text for people, one JSON object, or a graph for Graphviz")
        .choices(["text", "json", "dot"])
        .default("text"),
    )
    .addOption(new Option("--destroy", "what `destroy` would take away, instead of what `install` would bring"))
    .addOption(new Option("--only-changes", "leave out what already is as wanted; only for text"))
    .addOption(nodesOption().conflicts("destroy"))
    .addOption(nonInteractiveOption());
  limitOptions(plan).action(run(async () => (await import("../commands/plan.ts")).run));
  const destroy = program.command("destroy").description("take the cluster away and leave each node as it was found");
  presetOption(destroy)
    .addOption(new Option("--yes", "do not ask"))
    .addOption(new Option("--dry-run", "look at every node and print what would be taken away; change nothing"))
    .addOption(breakLockOption())
    .addOption(outputOption())
    .addOption(verboseOption())
    .addOption(nonInteractiveOption());
  limitOptions(destroy).action(run(async () => (await import("../commands/destroy.ts")).run));
  presetOption(program.command("preflight").description("look at every node and list all that would stop an install"))
    .addOption(
      new Option("-o, --output <format>", "text for people, one JSON object, or JUnit for CI servers")
        .choices(["text", "json", "junit"])
        .default("text"),
    )
    .addOption(junitOption())
    .addOption(connectionsOption())
    .addOption(nonInteractiveOption())
    .action(run(async () => (await import("../commands/preflight.ts")).run));
}

function installOptions(command: Command): Command {
  for (const option of interruptedRunOptions()) command.addOption(option);
  presetOption(command)
    .addOption(new Option("--dry-run", "look at every node and print what would change; change nothing"))
    .addOption(nodesOption().conflicts("startOver"))
    .addOption(requireAllNodesOption())
    .addOption(breakLockOption())
    .addOption(outputOption())
    .addOption(junitOption())
    .addOption(verboseOption())
    .addOption(nonInteractiveOption());
  return limitOptions(command);
}
