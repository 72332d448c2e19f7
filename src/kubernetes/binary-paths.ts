import type { KubernetesSource } from "../preset/cluster-spec.ts";

/**
 * Where the Kubernetes programs lie. What comes as files goes to /usr/local/bin, which belongs to the administrator
 * and no package touches; packages bring theirs in /usr/bin. Both are in root's PATH.
 * @see https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch04s09.html
 */
export function binaryFolder({ kind }: KubernetesSource): string {
  return kind === "packages" ? "/usr/bin" : "/usr/local/bin";
}
