import { useEffect, useState } from "react";
import { toInstallerError } from "../../../engine/errors.ts";
import { useApp } from "../../app/app-model.tsx";
import type { Health, KnownCluster } from "../../services.ts";

/** The known clusters, and how they are as far as that is known by now. */
export interface Clusters {
  /** Undefined until they were read. */
  readonly known: readonly KnownCluster[] | undefined;
  readonly health: ReadonlyMap<string, Health>;
  /** Why the clusters cannot be listed. */
  readonly problem?: string;
}

/** Reads the known clusters and asks each how it is, all at the same time; ended when unmounted. */
export function useClusters(): Clusters {
  const { services } = useApp();
  const [clusters, setClusters] = useState<Clusters>({ known: undefined, health: new Map() });
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const ask = async (cluster: KnownCluster): Promise<void> => {
      const health = await services.health(cluster, signal).catch((thrown: unknown): Health => {
        return { state: "unknown", says: toInstallerError(thrown).message };
      });
      if (signal.aborted) return;
      setClusters((before) => ({ ...before, health: new Map([...before.health, [cluster.name, health]]) }));
    };
    services.clusters().then(
      (known) => {
        if (signal.aborted) return;
        setClusters({ known, health: new Map() });
        for (const cluster of known) void ask(cluster);
      },
      (thrown: unknown) => {
        if (signal.aborted) return;
        setClusters({ known: [], health: new Map(), problem: toInstallerError(thrown).message });
      },
    );
    return () => leaving.abort();
  }, [services]);
  return clusters;
}
