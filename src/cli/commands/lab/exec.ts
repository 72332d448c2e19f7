import { executeInNode } from "../../../topology/lab/exec.ts";
import { requireLab } from "../../../topology/lab/lab.ts";
import { requireRoot } from "../../../topology/lab/requirements.ts";
import type { CommandContext } from "../../command-context.ts";

export interface LabExecOptions {
  readonly name: string;
  readonly node: string;
  readonly command: readonly string[];
}

/** `kube-installer lab exec`: a program, or a shell when none is named, as root inside a node. */
export async function run({ name, node, command }: LabExecOptions, { signal }: CommandContext): Promise<number> {
  requireRoot();
  leaveCtrlCToTheCommand();
  return executeInNode(await requireLab(name), node, command.length === 0 ? ["bash", "-l"] : command, signal);
}

/** A terminal sends Ctrl-C to the command inside too; only that one knows what it means. */
function leaveCtrlCToTheCommand(): void {
  process.removeAllListeners("SIGINT");
  process.on("SIGINT", () => {});
}
