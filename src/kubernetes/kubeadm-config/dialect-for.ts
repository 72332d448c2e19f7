import { minorVersion } from "../version.ts";
import type { Dialect } from "./dialect.ts";
import { v1beta2 } from "./v1beta2.ts";
import { v1beta3 } from "./v1beta3.ts";
import { v1beta4 } from "./v1beta4.ts";

/** The newest configuration version every patch release of the given Kubernetes version can read. */
export function dialectFor(kubernetesVersion: string): Dialect {
  const minor = minorVersion(kubernetesVersion);
  if (minor >= 31) return v1beta4;
  return minor >= 22 ? v1beta3 : v1beta2;
}
