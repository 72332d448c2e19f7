import { InstallerError } from "../engine/errors.ts";
import type { ConnectedNode } from "./node.ts";

/**
 * The node of a dry run: whatever a step does, only what looks reaches the machine. That a step tries anything else is a
 * mistake in the step and shows as one.
 */
export function lookOnly(node: ConnectedNode): ConnectedNode {
  const { host } = node;
  const refuse = (): Promise<never> =>
    Promise.reject(
      new InstallerError("bug", { message: `A dry run was about to change ${host.name}; it was kept from it.` }),
    );
  return { ...node, host: { ...host, run: refuse, writeFile: refuse, upload: refuse, feed: refuse } };
}
