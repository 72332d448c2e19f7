import { Command } from "commander";
import { bundleCommands } from "./declare/bundle.ts";
import { clusterCommands } from "./declare/cluster.ts";
import { labCommands } from "./declare/lab.ts";
import { presetCommands } from "./declare/preset.ts";
import { runsCommands } from "./declare/runs.ts";
import { appearanceOptions } from "./options.ts";
import { runner } from "./runner.ts";
import { version } from "./version.ts";

const examples = `Examples:
  kube-installer lab up --preset-out lab.yaml        real throw-away nodes on this machine
  kube-installer preset validate lab.yaml            every error with line and column
  kube-installer plan --preset lab.yaml              what would change on which node
  kube-installer --preset lab.yaml --non-interactive install without questions, as in CI`;

const exitCodes = `Exit codes:
  0 ok   1 failed step   2 preset or usage   3 preflight   4 unreachable or authentication
  5 input needed   6 partial   7 locked   130 interrupted   143 terminated`;

/** Every command with its options and help; handlers are loaded only when their command runs. */
export function createProgram(finish: (exitCode: number) => void): Command {
  const program = new Command("kube-installer")
    .description("Leads from bare machines to a Kubernetes cluster you can trust.")
    .version(version)
    .showSuggestionAfterError()
    .exitOverride()
    .enablePositionalOptions()
    .addHelpText("after", `\n${examples}\n\n${exitCodes}`);
  appearanceOptions(program);
  const run = runner(finish);
  for (const declare of [clusterCommands, presetCommands, runsCommands, bundleCommands, labCommands]) {
    declare(program, run);
  }
  return program;
}
