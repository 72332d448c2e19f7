import { useEffect, useState } from "react";
import { toInstallerError } from "../../../engine/errors.ts";
import { useApp } from "../../app/app-model.tsx";
import type { RunEnd } from "../../run/run-end.ts";
import type { Health, KnownCluster } from "../../services.ts";
import { askHealth } from "./ask-health.ts";

/** The known clusters, and how they are as far as that is known by now. */
export interface Clusters {
  /** Undefined until they were read. */
  readonly known: readonly KnownCluster[] | undefined;
  readonly health: ReadonlyMap<string, Health>;
  /** Why the clusters cannot be listed. */
  readonly problem?: string;
  readonly lookAgain: () => void;
}

type Known = Omit<Clusters, "lookAgain">;

/** Reads the known clusters and asks each how it is, all at the same time; again when a run has ended. */
export function useClusters(end?: RunEnd): Clusters {
  const { services } = useApp();
  const [clusters, setClusters] = useState<Known>({ known: undefined, health: new Map() });
  // A run that has ended changed what is known.
  const [seen, setSeen] = useState({ end, reading: 0 });
  if (seen.end !== end) setSeen({ end, reading: seen.reading + 1 });
  const { reading } = seen;
  useEffect(() => {
    void reading;
    const leaving = new AbortController();
    const { signal } = leaving;
    const ask = async (cluster: KnownCluster): Promise<void> => {
      const health = await askHealth(services, cluster, signal);
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
  }, [services, reading]);
  return { ...clusters, lookAgain: () => setSeen({ end, reading: reading + 1 }) };
}
