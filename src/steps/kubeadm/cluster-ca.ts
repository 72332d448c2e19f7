import { InstallerError } from "../../engine/errors.ts";
import { clusterCertificate } from "../../kubernetes/node-paths.ts";
import type { Observation } from "../context.ts";
import { perRun } from "../per-run.ts";

const found = perRun<{ pem: string | undefined }>(() => ({ pem: undefined }));

/**
 * The cluster's certificate authority as PEM, read once per run.
 * @throws InstallerError `step-failed` when there is no cluster yet
 */
export async function clusterCa(context: Observation): Promise<string> {
  const run = found(context);
  run.pem ??= await context.firstControlPlane.readFile(clusterCertificate);
  if (run.pem !== undefined) return run.pem;
  throw new InstallerError("step-failed", {
    message: `There is no cluster on ${context.firstControlPlane.name} yet: ${clusterCertificate} is missing.`,
  });
}
