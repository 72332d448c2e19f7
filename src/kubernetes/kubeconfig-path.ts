import { join } from "node:path";
import { clusterFolder } from "../engine/state-folder.ts";

/** Where the operator finds the kubeconfig of a cluster after an install. */
export function kubeconfigPath({ name }: { readonly name: string }): string {
  return join(clusterFolder(name), "kubeconfig");
}
