import { labVersion, packagedVersion } from "../../preset/versions.ts";
import type { PresetDraft } from "./draft.ts";

/** `Machines you have`, `Lab on this machine`. */
export function topologyInWords({ spec }: PresetDraft): string {
  const { static: machines, lab } = spec?.topology ?? {};
  if (machines !== undefined) return "machines you have";
  return lab === undefined ? "" : "a lab on this machine";
}

export function machinesInWords({ spec }: PresetDraft): string {
  const { static: machines, lab } = spec?.topology ?? {};
  if (lab !== undefined)
    return `${counted(lab.controlPlanes ?? 1, "control plane")}, ${counted(lab.workers ?? 1, "worker")}`;
  const nodes = machines?.nodes ?? [];
  const withRole = (role: string) => nodes.filter((node) => node?.roles?.some((other) => other === role)).length;
  if (nodes.length === 0) return "";
  return `${nodes.length}: ${counted(withRole("control-plane"), "control plane")}, ${counted(withRole("worker"), "worker")}`;
}

export function haInWords({ spec }: PresetDraft): string {
  const { mode = "single", endpoint } = spec?.ha ?? {};
  return `${mode === "single" ? "one control plane" : mode}${endpoint === undefined ? "" : `, ${endpoint}`}`;
}

export function networkInWords({ spec }: PresetDraft): string {
  const { plugin = "bridge", podCIDR = "10.244.0.0/16" } = spec?.network ?? {};
  return `${plugin}, pods ${podCIDR}`;
}

export function kubernetesInWords({ spec }: PresetDraft): string {
  const { source, version } = spec?.kubernetes ?? {};
  return `${version ?? defaultVersion({ spec })}, ${sourceInWords(source, spec?.topology?.lab !== undefined)}`;
}

/** The version that is installed when the draft names none. */
export function defaultVersion({ spec }: Pick<PresetDraft, "spec">): string {
  const { source } = spec?.kubernetes ?? {};
  if (source?.bundle !== undefined) return "the bundle's version";
  return source === undefined && spec?.topology?.lab !== undefined ? labVersion : packagedVersion;
}

function sourceInWords(source: NonNullable<NonNullable<PresetDraft["spec"]>["kubernetes"]>["source"], lab: boolean) {
  if (source?.bundle !== undefined) return `bundle ${source.bundle.path ?? ""}`.trimEnd();
  if (source?.binaries !== undefined) return `binaries ${source.binaries.location ?? ""}`.trimEnd();
  if (source?.packages !== undefined)
    return `packages${source.packages.repository === undefined ? "" : " of your own"}`;
  return lab ? "from what the lab has" : "packages";
}

export function downloadsInWords({ spec }: PresetDraft): string {
  const mirrors = spec?.runtime?.registryMirrors ?? [];
  const proxy = spec?.packages?.proxy;
  const parts = [
    mirrors.length === 0 ? [] : [`mirrors for ${counted(mirrors.length, "registry", "registries")}`],
    proxy === undefined ? [] : ["a proxy"],
  ].flat();
  return parts.length === 0 ? "directly" : parts.join(", ");
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
