import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ownAddress } from "./own-address.ts";

/** Writes a preset of one machine: this one, where no ssh server listens on the port. */
export function presetOfOne(folder: string, { name, port }: { readonly name: string; readonly port: number }): string {
  const file = join(folder, `${name}.yaml`);
  const lines = [
    "apiVersion: kube-installer/v1",
    "kind: Cluster",
    `metadata: { name: ${name} }`,
    "spec:",
    "  topology:",
    "    static:",
    `      ssh: { user: root, port: ${port}, hostKeys: accept-new }`,
    `      nodes: [{ name: cp-1, address: ${ownAddress()}, roles: [control-plane, worker] }]`,
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}
