import { cacheFolder } from "../engine/cache-folder.ts";
import type { ClusterWish } from "../preset/cluster-spec.ts";
import type { Machine } from "./machine.ts";
import { provideStatic } from "./static.ts";
import { together } from "./together.ts";

export interface ProvideOptions {
  readonly signal: AbortSignal;
  /** One line for the person who waits. */
  readonly progress: (line: string) => void;
}

/** Machines one can log in to now, and the wish with whatever only the topology could know filled in. */
export interface Provided {
  readonly spec: ClusterWish;
  readonly machines: readonly Machine[];
}

/**
 * Gives the machines of a cluster, making those its topology makes; those that are there already stay.
 * @throws InstallerError `preflight-failed` when this machine cannot carry the lab of the preset
 */
export async function provideMachines(spec: ClusterWish, options: ProvideOptions): Promise<Provided> {
  const { topology } = spec;
  if (topology.kind === "static") return { spec, machines: provideStatic(topology) };
  const { provideLab } = await import("./lab/provide.ts");
  const [machines, provided] = await together(
    options.signal,
    (signal) => provideLab(topology, { ...options, signal }),
    (signal) => withBundle(spec, { ...options, signal }),
  );
  return { spec: provided, machines };
}

/** Takes away the machines the topology made; those that were there before stay. */
export async function releaseMachines({ topology }: ClusterWish, options: ProvideOptions): Promise<void> {
  if (topology.kind === "static") return;
  const { releaseLab } = await import("./lab/provide.ts");
  await releaseLab(topology, options);
}

/** Names the bundle where the preset leaves it to the lab where Kubernetes comes from. */
async function withBundle(spec: ClusterWish, options: ProvideOptions): Promise<ClusterWish> {
  const { version, source } = spec.kubernetes;
  if (version === undefined || source.kind !== "lab") return spec;
  const { provideKubernetes } = await import("./lab/kubernetes/provide-kubernetes.ts");
  const path = await provideKubernetes({ ...options, version, cacheDir: cacheFolder() });
  return { ...spec, kubernetes: { version, source: { kind: "bundle", path } } };
}
