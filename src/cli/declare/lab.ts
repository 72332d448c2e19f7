import { type Command, Option } from "commander";
import { labVersion } from "../../preset/versions.ts";
import { countUpTo } from "../count.ts";
import { outputOption } from "../options.ts";
import type { Runner } from "../runner.ts";

/** `lab`: up, down, status, exec, fault. */
export function labCommands(program: Command, run: Runner): void {
  const name = () => new Option("--name <name>", "which lab, where there are several").default("lab");
  const lab = program.command("lab").description("real throw-away nodes on this machine; needs root");
  lab
    .command("up")
    .description("make a lab, or start whatever of it is missing or off")
    .option("--nodes <count>", "how many nodes", countUpTo(999), 2)
    .option("--control-planes <count>", "how many of them are control planes", countUpTo(999), 1)
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
    .option("--kubernetes-version <version>", "the Kubernetes of that preset", labVersion)
    .option(
      "--bundle <path>",
      "take that Kubernetes from a bundle of yours instead of the cache, a download or a build",
    )
    .option("--install-packages", "install the Debian packages the lab needs on this machine where they are missing")
    .action(run(async () => (await import("../commands/lab/up.ts")).run));
  lab
    .command("down")
    .description("take a lab away with everything it has")
    .addOption(name())
    .action(run(async () => (await import("../commands/lab/down.ts")).run));
  lab
    .command("status")
    .description("list the nodes of every lab, or of one")
    .option("--name <name>", "only this lab")
    .addOption(outputOption())
    .action(run(async () => (await import("../commands/lab/status.ts")).run));
  lab
    .command("exec")
    .description("run a command, or a shell, as root inside a node: lab exec cp-1 -- df -h")
    .argument("<node>", "the node")
    .argument("[command...]", "the command, after --")
    .addOption(name())
    .action(run(async () => (await import("../commands/lab/exec.ts")).run));
  lab
    .command("fault")
    .description("break a node on purpose, or mend it")
    .argument("<node>", "the node")
    .argument("<kind>", faultKinds)
    .argument("[value]", "for loss and delay; 0 ends them")
    .addOption(name())
    .action(run(async () => (await import("../commands/lab/fault.ts")).run));
}

const faultKinds =
  "power-off, power-on, reboot, link-down, link-up, freeze, thaw, loss PERCENT, delay MS, disk-full or disk-free";
