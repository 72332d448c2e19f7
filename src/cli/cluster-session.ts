import { InstallerError } from "../engine/errors.ts";
import { formatProblem } from "../engine/problem.ts";
import type { ClusterWish } from "../preset/cluster-spec.ts";
import { loadPreset } from "../preset/load.ts";
import type { RunGround } from "../steps/contexts.ts";
import type { Machine } from "../topology/machine.ts";
import { provideMachines } from "../topology/provide.ts";
import type { CommandContext } from "./command-context.ts";
import { type AbsentNode, connectNodes } from "./connect-nodes.ts";
import { onlyNodes } from "./only-nodes.ts";
import { openSource } from "./open-source.ts";
import { personAtPrompt } from "./person-at-prompt.ts";
import { saveMemory } from "./save-memory.ts";

/** A preset with its machines connected: where every run stands on. */
export interface ClusterSession extends RunGround {
  /** Every machine the run is about, also the absent ones, in the order of the preset. */
  readonly machines: readonly Machine[];
  readonly absent: readonly AbsentNode[];
  close(): Promise<void>;
}

/**
 * Loads a preset and tells its warnings.
 * @throws InstallerError `usage` without a file, `preset-invalid`, `preset-unreadable`
 */
export async function presetFrom(file: string | undefined, context: CommandContext): Promise<ClusterWish> {
  if (file === undefined) {
    throw new InstallerError("usage", {
      message: "A preset is needed: it says what cluster is wanted and where its machines are.",
      nextSteps: [
        "`kube-installer install --preset FILE`",
        "`kube-installer preset explain` lists what a preset may say; ready examples are in presets/",
        "`kube-installer lab up --preset-out FILE` makes throw-away machines and a preset for them",
      ],
    });
  }
  const { spec, warnings } = await loadPreset(file, { signal: context.signal });
  for (const warning of warnings) context.inform(formatProblem(warning));
  return spec;
}

/**
 * Provides the machines, logs in to all of them, or to those that are named, and opens what is to be installed, all at
 * the same time.
 * @throws InstallerError `usage` for a node that is not in the preset, `bundle-invalid`, and whatever the topology throws
 */
export async function openSession(
  spec: ClusterWish,
  context: CommandContext,
  only?: readonly string[],
): Promise<ClusterSession> {
  saveMemory();
  const { signal, inform, interactive, person = personAtPrompt, limits } = context;
  const provided = await provideMachines(spec, { signal, progress: inform });
  const machines = onlyNodes(provided.machines, only);
  const [opened, connected] = await Promise.allSettled([
    openSource(provided.spec.kubernetes, context),
    connectNodes(machines, {
      cluster: spec.name,
      parallel: limits.connections,
      signal,
      ...(interactive ? { person } : {}),
    }),
  ]);
  if (opened.status === "rejected") {
    if (connected.status === "fulfilled") await connected.value.close();
    throw opened.reason;
  }
  if (connected.status === "rejected") throw connected.reason;
  const { kubernetes, ...bundled } = opened.value;
  return { spec: { ...provided.spec, kubernetes }, machines, ...bundled, ...connected.value };
}
