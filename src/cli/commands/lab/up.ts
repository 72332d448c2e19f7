import { resolve } from "node:path";
import { cacheFolder } from "../../../engine/cache-folder.ts";
import { InstallerError } from "../../../engine/errors.ts";
import type { Inventory, Variant } from "../../../topology/lab/inventory.ts";
import { provideKubernetes } from "../../../topology/lab/kubernetes/provide-kubernetes.ts";
import { upLab } from "../../../topology/lab/lab.ts";
import { presetFor, savePreset } from "../../../topology/lab/preset-out.ts";
import { timed } from "../../../topology/lab/progress.ts";
import { together } from "../../../topology/together.ts";
import type { CommandContext } from "../../command-context.ts";
import { statusLines } from "./status.ts";

export interface LabUpOptions {
  readonly name: string;
  readonly nodes: number;
  readonly controlPlanes: number;
  readonly variant?: Variant;
  readonly presetOut?: string;
  readonly kubernetesVersion: string;
  readonly bundle?: string;
  readonly installPackages?: boolean;
}

/** `kube-installer lab up`: real nodes, and when a preset is wanted also the Kubernetes it installs. */
export async function run(options: LabUpOptions, context: CommandContext): Promise<number> {
  const {
    name,
    nodes,
    controlPlanes,
    variant,
    presetOut,
    kubernetesVersion: version,
    installPackages = false,
  } = options;
  if (controlPlanes > nodes) {
    throw new InstallerError("usage", {
      message: `Of ${nodes} nodes, ${controlPlanes} cannot be control planes.`,
      nextSteps: [`\`--nodes ${controlPlanes + 1} --control-planes ${controlPlanes}\``],
    });
  }
  const progress = timed(context.inform);
  const stopping = AbortSignal.any([context.signal, context.stop]);
  const wish = { name, controlPlanes, workers: nodes - controlPlanes, installPackages };
  const make = (signal: AbortSignal) =>
    upLab(variant === undefined ? wish : { ...wish, variant }, { signal, progress });
  if (presetOut === undefined) {
    await tell(await make(stopping), context);
    return 0;
  }
  const source = options.bundle === undefined ? {} : { bundle: resolve(options.bundle) };
  const [inventory, bundle] = await together(stopping, make, (signal) =>
    provideKubernetes({ signal, progress, ...source, version, cacheDir: cacheFolder() }),
  );
  await savePreset(resolve(presetOut), presetFor(inventory, { version, bundle }));
  progress(`preset written: ${presetOut}`);
  await tell(inventory, context);
  return 0;
}

async function tell(inventory: Inventory, { print }: CommandContext): Promise<void> {
  for (const line of await statusLines(inventory)) print(line);
}
