import type { Observation } from "../context.ts";
import { perRun } from "../per-run.ts";
import { localPrograms } from "./local-programs.ts";
import type { Program } from "./program.ts";
import { publishedPrograms } from "./published-programs.ts";

const sharedByNodes = perRun((): { programs?: Promise<readonly Program[]> } => ({}));

/**
 * The files that make Kubernetes' programs on a node, or undefined when packages bring them. Found once per run.
 * @throws InstallerError `kubernetes-unavailable`
 */
export async function programs(context: Observation): Promise<readonly Program[] | undefined> {
  const { spec, bundle } = context;
  if (bundle !== undefined) {
    return bundle.manifest.binaries.map((binary) => ({
      name: binary.name,
      localPath: bundle.locate(binary),
      sha256: binary.sha256,
    }));
  }
  const { source } = spec.kubernetes;
  if (source.kind !== "binaries") return undefined;
  const shared = sharedByNodes(context);
  shared.programs ??= /^https?:\/\//.test(source.location)
    ? publishedPrograms(source.location, context.signal)
    : localPrograms(source.location, context.signal);
  return shared.programs;
}
