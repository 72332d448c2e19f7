import type { Finding } from "../../../src/engine/findings.ts";

/** An error of preflight with everything a finding can tell. */
export const takenPort: Finding = {
  severity: "error",
  check: "network.ports",
  node: "cp-1",
  message: "Port 6443 (API server) is taken",
  measured: "nc listens on 0.0.0.0:6443",
  limit: "free, or held by this cluster",
  fix: "stop it: `ss -tlnp 'sport = :6443'` names its pid",
};
