import { useEffect, useState } from "react";
import { useApp } from "../../app/app-model.tsx";
import type { Health, KnownCluster } from "../../services.ts";
import { askHealth } from "../home/ask-health.ts";

/** Looks how a cluster is, once; undefined until that is known. */
export function useHealth(cluster: KnownCluster): Health | undefined {
  const { services } = useApp();
  const [health, setHealth] = useState<Health>();
  useEffect(() => {
    const leaving = new AbortController();
    void askHealth(services, cluster, leaving.signal).then((now) => {
      if (!leaving.signal.aborted) setHealth(now);
    });
    return () => leaving.abort();
  }, [services, cluster]);
  return health;
}
