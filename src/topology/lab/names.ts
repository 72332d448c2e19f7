import { InstallerError } from "../../engine/errors.ts";

/** What every name in the kernel begins with, so that what belongs to a lab can be found without any record of it. */
export const prefix = "kube-installer";

/** Longest lab name; with the node's name it still fits into 64 characters, the longest machine name. */
const longestName = 32;

/**
 * Refuses a name that could not be part of a host name or would lead out of a folder.
 * @throws InstallerError `usage`
 */
export function checkLabName(name: string): void {
  if (name.length <= longestName && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(name)) return;
  throw new InstallerError("usage", {
    message: `"${name}" cannot be the name of a lab.`,
    nextSteps: [`use at most ${longestName} of the characters a-z, 0-9 and -, for example \`--name demo\``],
  });
}

/** Largest numbers for which every node still has an address of its own in a /24. */
const most = { controlPlanes: 9, workers: 230 } as const;

/**
 * Refuses a lab with more nodes than it has addresses for.
 * @throws InstallerError `usage`
 */
export function checkLabSize(size: { readonly controlPlanes: number; readonly workers: number }): void {
  if (size.controlPlanes <= most.controlPlanes && size.workers <= most.workers) return;
  throw new InstallerError("usage", {
    message: `A lab cannot have ${size.controlPlanes} control planes and ${size.workers} workers.`,
    nextSteps: [`use at most ${most.controlPlanes} control planes and ${most.workers} workers`],
  });
}

/** `cp-1 … cp-N, w-1 … w-M`: what the nodes of a lab are called. */
export function nodeNames(controlPlanes: number, workers: number): string[] {
  const numbered = (word: string, count: number) => Array.from({ length: count }, (_, index) => `${word}-${index + 1}`);
  return [...numbered("cp", controlPlanes), ...numbered("w", workers)];
}

/** The last number of a node's address: 11… for control planes, 21… for workers, 2 for the jump node. */
export function octetOf(node: string): number {
  const [, word, number] = /^(cp|w|jump)(?:-(\d+))?$/.exec(node) ?? [];
  if (word === undefined) throw new InstallerError("bug", { message: `A lab has no node called "${node}".` });
  return word === "jump" ? 2 : Number(number) + (word === "cp" ? 10 : 20);
}

/** The bridge the nodes are plugged into; interface names have at most 15 characters. */
export function bridgeName(subnet: number): string {
  return `kilab${subnet}`;
}

/** The bridge behind the jump node, on which this machine has no address. */
export function innerBridgeName(subnet: number): string {
  return `kilab${subnet}i`;
}

/** The end of a node's cable that is plugged into the bridge. */
export function portName(subnet: number, octet: number): string {
  return `kilab${subnet}p${octet}`;
}

/** The end of the jump node's second cable. */
export function innerPortName(subnet: number, octet: number): string {
  return `kilab${subnet}q${octet}`;
}

/** Marks an interface as belonging to a lab (`ip link set … alias`). */
export function linkAlias(lab: string): string {
  return `${prefix} lab ${lab}`;
}

/** The network namespace of a node. */
export function namespaceName(lab: string, node: string): string {
  return `${prefix}.${lab}.${node}`;
}

/** What systemd-nspawn calls the node; the node itself has its short name as host name. */
export function machineName(lab: string, node: string): string {
  return `${lab}.${node}`;
}
