import { Command, InvalidArgumentError, Option } from "commander";
import type { CommandContext, CommandHandler } from "./command-context.ts";
import { isInteractive } from "./interactive.ts";
import { listenForInterruption } from "./interruption.ts";
import { mergedOptions } from "./merged-options.ts";
import { version } from "./version.ts";

type Finish = (exitCode: number) => void;

/** Every command with its options and help; handlers are loaded only when their command runs. */
export function createProgram(finish: Finish): Command {
  const program = new Command("kube-installer")
    .description("Leads from bare machines to a Kubernetes cluster you can trust.")
    .version(version)
    .showSuggestionAfterError()
    .exitOverride()
    .enablePositionalOptions()
    .addHelpText("after", `\n${examples}\n\n${exitCodes}`);
  const run = runner(finish);

  installOptions(program).action(run(async () => (await import("./commands/install.ts")).runDefault));
  installOptions(program.command("install").description("install the cluster a preset describes")).action(
    run(async () => (await import("./commands/install.ts")).run),
  );
  presetOption(program.command("destroy").description("take the cluster away and leave each node as it was found"))
    .addOption(new Option("--yes", "do not ask"))
    .addOption(new Option("--dry-run", "look at every node and print what would be taken away; change nothing"))
    .addOption(breakLockOption())
    .addOption(outputOption())
    .addOption(verboseOption())
    .addOption(nonInteractiveOption())
    .action(run(async () => (await import("./commands/destroy.ts")).run));
  presetOption(program.command("preflight").description("look at every node and list all that would stop an install"))
    .addOption(
      new Option("--output <format>", "text for people, or one JSON object").choices(["text", "json"]).default("text"),
    )
    .addOption(nonInteractiveOption())
    .action(run(async () => (await import("./commands/preflight.ts")).run));
  presetCommands(program, run);
  runsCommands(program, run);
  bundleCommands(program, run);
  labCommands(program, run);
  return program;
}

function presetCommands(program: Command, run: ReturnType<typeof runner>): void {
  const preset = program.command("preset").description("check presets and learn what they may contain");
  preset
    .command("validate")
    .description("find every problem of a preset at once; connects to no node")
    .argument("<file>", "the preset")
    .action(run(async () => (await import("./commands/preset-validate.ts")).run));
  preset
    .command("explain")
    .description("tell what a key means, its type, default and allowed values; without a key, list all")
    .argument("[path]", "for example spec.network.podCIDR, or podCIDR alone")
    .addOption(new Option("--markdown", "print all keys as a Markdown table"))
    .action(run(async () => (await import("./commands/preset-explain.ts")).run));
  preset
    .command("schema")
    .description("print the JSON Schema of presets, for editors")
    .action(run(async () => (await import("./commands/preset-schema.ts")).run));
}

function bundleCommands(program: Command, run: ReturnType<typeof runner>): void {
  const bundle = program
    .command("bundle")
    .description("gather the binaries and images of a Kubernetes version in one place");
  bundle
    .command("create")
    .description("make a bundle of your own files, each with its sha256")
    .requiredOption("--version <version>", "the Kubernetes version, for example 1.20.2")
    .requiredOption("--binaries <dir>", "has kubeadm, kubelet, kubectl and, for nodes that lack it, crictl")
    .requiredOption("--images <dir>", "has one tar per image, as docker save writes them")
    .requiredOption("--out <path>", "where the bundle goes: a tar when it ends in .tar, else a directory")
    .action(run(async () => (await import("./commands/bundle.ts")).runCreate));
  bundle
    .command("verify")
    .description("compare every file of a bundle with its sha256; changes nothing")
    .argument("<path>", "the bundle: a directory or a tar")
    .action(run(async () => (await import("./commands/bundle.ts")).runVerify));
  bundle
    .command("get")
    .description("download Kubernetes, or build it from Debian's source package where nothing can be downloaded")
    .option("--version <version>", "the Kubernetes version", "1.20.2")
    .option("--out <path>", "copy the bundle there: a tar when it ends in .tar, else a directory")
    .action(run(async () => (await import("./commands/bundle.ts")).runGet));
}

function labCommands(program: Command, run: ReturnType<typeof runner>): void {
  const name = () => new Option("--name <name>", "which lab, where there are several").default("lab");
  const lab = program.command("lab").description("real throw-away nodes on this machine; needs root");
  lab
    .command("up")
    .description("make a lab, or start whatever of it is missing or off")
    .option("--nodes <count>", "how many nodes", count, 2)
    .option("--control-planes <count>", "how many of them are control planes", count, 1)
    .addOption(name())
    .addOption(
      new Option("--variant <login>", "how one gets into the nodes of a new lab; root by key unless told").choices([
        "root",
        "sudo",
        "sudo-password",
        "port",
        "jump",
      ]),
    )
    .option("--preset-out <file>", "write a preset that installs Kubernetes on the nodes")
    .option("--kubernetes-version <version>", "the Kubernetes of that preset", "1.20.2")
    .option(
      "--bundle <path>",
      "take that Kubernetes from a bundle of yours instead of the cache, a download or a build",
    )
    .option("--install-packages", "install the Debian packages the lab needs on this machine where they are missing")
    .action(run(async () => (await import("./commands/lab/up.ts")).run));
  lab
    .command("down")
    .description("take a lab away with everything it has")
    .addOption(name())
    .action(run(async () => (await import("./commands/lab/down.ts")).run));
  lab
    .command("status")
    .description("list the nodes of every lab, or of one")
    .option("--name <name>", "only this lab")
    .addOption(outputOption())
    .action(run(async () => (await import("./commands/lab/status.ts")).run));
  lab
    .command("exec")
    .description("run a command, or a shell, as root inside a node: lab exec cp-1 -- df -h")
    .argument("<node>", "the node")
    .argument("[command...]", "the command, after --")
    .addOption(name())
    .action(run(async () => (await import("./commands/lab/exec.ts")).run));
  lab
    .command("fault")
    .description("break a node on purpose, or mend it")
    .argument("<node>", "the node")
    .argument("<kind>", faultKinds)
    .argument("[value]", "for loss and delay; 0 ends them")
    .addOption(name())
    .action(run(async () => (await import("./commands/lab/fault.ts")).run));
}

const faultKinds =
  "power-off, power-on, reboot, link-down, link-up, freeze, thaw, loss PERCENT, delay MS, disk-full or disk-free";

/** A count on the command line. */
function count(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a number from 1 to 999.");
}

function runsCommands(program: Command, run: ReturnType<typeof runner>): void {
  const clusterOption = () => new Option("--cluster <name>", "only the runs of this cluster");
  const runs = program
    .command("runs")
    .description("list the runs made from this machine, newest first")
    .addOption(clusterOption())
    .action(run(async () => (await import("./commands/runs.ts")).run));
  runs
    .command("show")
    .description("tell again what a run said, with the times it said it")
    .argument("[id]", "the run; the newest unless told")
    .addOption(clusterOption())
    .addOption(new Option("--verbose", "also what the commands on the nodes printed"))
    .action(run(async () => (await import("./commands/runs-show.ts")).run));
}

const examples = `Examples:
  kube-installer lab up --preset-out lab.yaml        real throw-away nodes on this machine
  kube-installer preset validate lab.yaml            every error with line and column
  kube-installer install --preset lab.yaml --dry-run what would change on which node
  kube-installer --preset lab.yaml --non-interactive install without questions, as in CI`;

const exitCodes = `Exit codes:
  0 ok   1 failed step   2 preset or usage   3 preflight   4 unreachable or authentication
  5 input needed   6 partial   7 locked   130 interrupted   143 terminated`;

function installOptions(command: Command): Command {
  return presetOption(command)
    .addOption(new Option("--dry-run", "look at every node and print what would change; change nothing"))
    .addOption(breakLockOption())
    .addOption(outputOption())
    .addOption(verboseOption())
    .addOption(nonInteractiveOption());
}

function presetOption(command: Command): Command {
  return command.option("--preset <file>", "the cluster that is wanted, as YAML");
}

function outputOption(): Option {
  return new Option("-o, --output <format>", "lines for people, or one JSON object per line")
    .choices(["plain", "ndjson"])
    .default("plain");
}

function verboseOption(): Option {
  return new Option("-v, --verbose", "also what commands on the nodes print");
}

function breakLockOption(): Option {
  return new Option("--break-lock", "take the cluster over from a run that cannot be alive any more");
}

function nonInteractiveOption(): Option {
  return new Option("--non-interactive", "never ask; fail with exit code 5 when an answer is missing");
}

/** Wraps a lazily loaded handler: signals, output streams, exit code. */
function runner(finish: Finish) {
  return <Options extends object>(load: () => Promise<CommandHandler<Options>>) =>
    async (...args: unknown[]): Promise<void> => {
      const command = args.at(-1) as Command;
      const named = command.registeredArguments.map((argument, index) => [argument.name(), args[index]] as const);
      const options = { ...mergedOptions(command), ...Object.fromEntries(named) } as Options;
      const inform = (line: string) => void process.stderr.write(`${line}\n`);
      const interruption = listenForInterruption(inform);
      const context: CommandContext = {
        signal: interruption.signal,
        stop: interruption.stop,
        interactive: isInteractive("nonInteractive" in options && options.nonInteractive === true),
        print: (line) => void process.stdout.write(`${line}\n`),
        inform,
      };
      try {
        const handler = await load();
        const exitCode = await handler(options, context);
        finish(interruption.exitCode() ?? exitCode);
      } catch (thrown) {
        const code = interruption.exitCode();
        if (code === undefined) throw thrown;
        const { reportFailure } = await import("./failure.ts");
        reportFailure(thrown);
        finish(code);
      } finally {
        interruption.dispose();
      }
    };
}
