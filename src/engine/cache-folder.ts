import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Where things are kept that can be made again, such as downloads, builds and base images:
 * `$XDG_CACHE_HOME/kube-installer`, by default `~/.cache/kube-installer`.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder(...parts: readonly string[]): string {
  const wanted = process.env.XDG_CACHE_HOME ?? "";
  return join(isAbsolute(wanted) ? wanted : join(homedir(), ".cache"), "kube-installer", ...parts);
}
