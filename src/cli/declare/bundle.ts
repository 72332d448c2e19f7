import type { Command } from "commander";
import { labVersion } from "../../preset/versions.ts";
import type { Runner } from "../runner.ts";

/** `bundle`: create, verify, get. */
export function bundleCommands(program: Command, run: Runner): void {
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
    .action(run(async () => (await import("../commands/bundle.ts")).runCreate));
  bundle
    .command("verify")
    .description("compare every file of a bundle with its sha256; changes nothing")
    .argument("<path>", "the bundle: a directory or a tar")
    .action(run(async () => (await import("../commands/bundle.ts")).runVerify));
  bundle
    .command("get")
    .description("download Kubernetes, or build it from Debian's source package where nothing can be downloaded")
    .option("--version <version>", "the Kubernetes version", labVersion)
    .option("--out <path>", "copy the bundle there: a tar when it ends in .tar, else a directory")
    .action(run(async () => (await import("../commands/bundle.ts")).runGet));
}
