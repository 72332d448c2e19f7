import { join } from "node:path";
import { clusterFolder } from "../../engine/state-folder.ts";

/** Where the wizard keeps a preset nobody gave a file to, so that it is found again. */
export function keptPresetFile(cluster: string): string {
  return join(clusterFolder(cluster), "preset.yaml");
}
