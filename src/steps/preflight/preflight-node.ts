import type { ConnectedNode } from "../node.ts";

/** A node as preflight needs it: what it is, what was seen on it, and a way to read more. */
export type PreflightNode = Omit<ConnectedNode, "host"> & { readonly host: Pick<ConnectedNode["host"], "read"> };
