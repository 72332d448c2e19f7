import { chmod, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { InstallerError } from "./errors.ts";

/** Permission bits of every file the program keeps for the operator. */
export const privateFileMode = 0o600;

/** What decides where the operator's files are. */
export interface Home {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const thisProcess = (): Home => ({ env: process.env, home: homedir() });

/**
 * Where the operator's journals, logs, host keys and fetched credentials live: `$XDG_STATE_HOME/kube-installer`, by
 * default `~/.local/state/kube-installer`. A relative or empty value counts as not set, as the specification asks.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function stateFolder({ env, home }: Home = thisProcess()): string {
  const wanted = env.XDG_STATE_HOME ?? "";
  const base = isAbsolute(wanted) ? wanted : join(home, ".local", "state");
  return join(base, "kube-installer");
}

/** Whether a text may name a cluster's folder. */
export function isClusterName(text: string): boolean {
  return /^[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?$/.test(text) && !text.includes("..");
}

/**
 * Where everything about one cluster is kept: `clusters/<name>` below the state folder.
 * @throws InstallerError `usage` when the name could lead out of the state folder
 */
export function clusterFolder(cluster: string, home: Home = thisProcess()): string {
  if (!isClusterName(cluster)) {
    throw new InstallerError("usage", {
      message: `"${cluster}" is not the name of a cluster.`,
      nextSteps: ["use the name that stands in the preset below metadata"],
    });
  }
  return join(stateFolder(home), "clusters", cluster);
}

/** Makes a folder, with the folders above it, that only this user can enter; also one that was open before. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
}
