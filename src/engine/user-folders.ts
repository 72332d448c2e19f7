import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const program = "kube-installer";

/**
 * Where things are kept that can be made again: downloads, builds, base images.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder(...parts: readonly string[]): string {
  return join(xdg("XDG_CACHE_HOME", ".cache"), program, ...parts);
}

/** Where things are kept that cannot be made again: journals, keys, inventories of labs. */
export function stateFolder(...parts: readonly string[]): string {
  return join(xdg("XDG_STATE_HOME", ".local/state"), program, ...parts);
}

/** A relative path in the variable is ignored, as the specification demands. */
function xdg(variable: string, otherwise: string): string {
  const value = process.env[variable];
  return value !== undefined && isAbsolute(value) ? value : join(homedir(), otherwise);
}
