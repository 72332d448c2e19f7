import { errorCatalogue } from "./error-catalogue.ts";
import type { InstallerError } from "./errors.ts";

const unreachableExitCode = errorCatalogue.unreachable.exitCode;

/**
 * Which node a failed step speaks against: the one that no longer answers, although the step may belong to another node
 * or to the cluster, otherwise the step's own; undefined when the failure is the cluster's.
 */
export function nodeToBlame(planned: { readonly node?: string }, error: InstallerError): string | undefined {
  const { node } = error.details;
  return node !== undefined && error.exitCode === unreachableExitCode ? node : planned.node;
}
