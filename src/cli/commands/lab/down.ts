import { downLab } from "../../../topology/lab/lab.ts";
import { timed } from "../../../topology/lab/progress.ts";
import type { CommandContext } from "../../command-context.ts";

/** `kube-installer lab down`: takes a lab away with all it has; one that is not there is already away. */
export async function run({ name }: { name: string }, { signal, inform }: CommandContext): Promise<number> {
  const progress = timed(inform);
  await downLab(name, { signal, progress });
  progress(`lab ${name}: nothing left`);
  return 0;
}
