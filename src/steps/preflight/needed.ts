import type { Facts } from "../../facts/facts.ts";
import { requiredPackages } from "../os/required-packages.ts";

/** Names of the packages a node needs and does not have, whatever way they could have come. */
export function lackingPackages({ commands, installed }: Facts): readonly string[] {
  return requiredPackages
    .filter(({ name, commands: needed }) =>
      needed.length === 0
        ? installed[name] === undefined && installed["kubernetes-cni"] === undefined
        : needed.some((command) => commands[command] === undefined),
    )
    .map(({ name }) => name);
}
