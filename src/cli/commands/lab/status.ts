import type { Inventory } from "../../../topology/lab/inventory.ts";
import { requireLab } from "../../../topology/lab/lab.ts";
import { requireRoot } from "../../../topology/lab/requirements.ts";
import { allLabs, statusOf } from "../../../topology/lab/status.ts";
import type { CommandContext } from "../../command-context.ts";

export interface LabStatusOptions {
  readonly name?: string;
  readonly output: "plain" | "ndjson";
}

/** `kube-installer lab status`: the nodes of one lab, or of all. */
export async function run({ name, output }: LabStatusOptions, { print, inform }: CommandContext): Promise<number> {
  requireRoot();
  const labs = name === undefined ? await allLabs() : [await requireLab(name)];
  if (labs.length === 0) inform("There is no lab; `kube-installer lab up` makes one.");
  for (const lab of labs) {
    if (output === "ndjson") print(JSON.stringify(await statusOf(lab)));
    else for (const line of await statusLines(lab)) print(line);
  }
  return 0;
}

/** One line per node: lab, node, role, address, state. */
export async function statusLines(inventory: Inventory): Promise<string[]> {
  const { name, nodes } = await statusOf(inventory);
  const width = Math.max(...nodes.map((node) => node.name.length));
  return nodes.map(
    (node) => `${name}  ${node.name.padEnd(width)}  ${node.role.padEnd(13)}  ${node.address.padEnd(13)}  ${node.state}`,
  );
}
