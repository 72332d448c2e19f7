import { type Command, Option } from "commander";
import type { Runner } from "../runner.ts";

/** `runs` and `runs show`. */
export function runsCommands(program: Command, run: Runner): void {
  const clusterOption = () => new Option("--cluster <name>", "only the runs of this cluster");
  const runs = program
    .command("runs")
    .description("list the runs made from this machine, newest first")
    .addOption(clusterOption())
    .action(run(async () => (await import("../commands/runs.ts")).run));
  runs
    .command("show")
    .description("tell again what a run said, with the times it said it")
    .argument("[id]", "the run, or how its name begins or ends; the newest unless told, also by `latest`")
    .addOption(clusterOption())
    .addOption(new Option("--verbose", "also what the commands on the nodes printed"))
    .action(run(async () => (await import("../commands/runs-show.ts")).run));
}
