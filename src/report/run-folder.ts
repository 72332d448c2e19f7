import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { clusterFolder, stateFolder } from "../engine/state-folder.ts";

/** A name for a run that sorts by time: `20261121T120311Z-4f2a`. */
export function newRunId(started: Date): string {
  const time = started.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `${time}-${randomBytes(2).toString("hex")}`;
}

/** Whether a text is the name of a run; nothing else may become part of a path. */
export function isRunId(text: string): boolean {
  return /^\d{8}T\d{6}Z-[0-9a-f]{4}$/.test(text);
}

/** Where the folders of all clusters are. */
export function clustersFolder(): string {
  return join(stateFolder(), "clusters");
}

/** Where the records of a cluster's runs are, one folder each. */
export function runsFolder(cluster: string): string {
  return join(clusterFolder(cluster), "runs");
}

/** The files of one run. */
export function runFiles(folder: string) {
  return {
    journal: join(folder, "journal.jsonl"),
    log: join(folder, "run.log"),
    nodes: join(folder, "nodes"),
    nodeLog: (node: string) => join(folder, "nodes", `${node}.log`),
  };
}
