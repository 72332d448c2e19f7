import { applyFault } from "../../../topology/lab/faults/fault.ts";
import { requireLab } from "../../../topology/lab/lab.ts";
import { timed } from "../../../topology/lab/progress.ts";
import { requireRoot } from "../../../topology/lab/requirements.ts";
import type { CommandContext } from "../../command-context.ts";

export interface LabFaultOptions {
  readonly name: string;
  readonly node: string;
  readonly kind: string;
  readonly value?: string;
}

/** `kube-installer lab fault`: breaks a node on purpose, or mends it. */
export async function run(options: LabFaultOptions, { signal, inform }: CommandContext): Promise<number> {
  requireRoot();
  const { name, node, kind, value } = options;
  const progress = timed(inform);
  await applyFault(await requireLab(name), node, { kind, value }, { signal, progress });
  progress(`${node}: ${value === undefined ? kind : `${kind} ${value}`}`);
  return 0;
}
