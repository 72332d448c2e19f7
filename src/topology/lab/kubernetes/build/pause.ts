import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { minutes } from "../../../../engine/time.ts";
import { runCommand } from "../run-command.ts";
import type { Work } from "../work.ts";
import type { SourceTree } from "./source-tree.ts";

/** Compiles the program that keeps a pod's namespaces open, with the compiler flags Kubernetes builds it with. */
export async function compilePause(tree: SourceTree, tag: string, directory: string, work: Work): Promise<string> {
  const out = join(directory, "pause");
  await mkdir(directory, { recursive: true });
  const source = join(tree.directory, "build/pause/linux/pause.c");
  const flags = ["-Os", "-Wall", "-Werror", "-static", "-s", `-DVERSION=v${tag}`];
  await runCommand({ program: "gcc", args: [...flags, "-o", out, source], deadline: minutes(1) }, work);
  return out;
}
