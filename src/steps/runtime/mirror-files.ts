import type { RegistryMirror } from "../../preset/cluster-spec.ts";
import type { WantedFile } from "../receipt/put-files.ts";
import { mirrorFolder } from "./wishes.ts";

/**
 * One hosts.toml per registry: containerd asks its mirrors in turn, then the registry itself.
 * @see https://github.com/containerd/containerd/blob/main/docs/hosts.md
 */
export function mirrorFiles(mirrors: readonly RegistryMirror[]): readonly WantedFile[] {
  return mirrors.map(({ registry, mirrors: urls }) => ({
    path: `${mirrorFolder}/${registry}/hosts.toml`,
    content: [
      `server = ${JSON.stringify(serverOf(registry))}\n`,
      ...urls.map((url) => `\n[host.${JSON.stringify(url)}]\n  capabilities = ["pull", "resolve"]\n`),
    ].join(""),
  }));
}

/** Docker Hub answers under another name than images carry. */
function serverOf(registry: string): string {
  return registry === "docker.io" ? "https://registry-1.docker.io" : `https://${registry}`;
}
