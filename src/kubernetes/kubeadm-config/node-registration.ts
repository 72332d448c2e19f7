import { criSocket } from "../node-paths.ts";
import type { Registration } from "./description.ts";
import type { Dialect } from "./dialect.ts";

/** The `nodeRegistration` part, alike in InitConfiguration and JoinConfiguration. */
export function nodeRegistration({ name, internalAddress, taints }: Registration, dialect: Dialect) {
  return {
    name,
    criSocket,
    ...(taints === undefined ? {} : { taints }),
    kubeletExtraArgs: dialect.extraArgs({ "node-ip": internalAddress }),
  };
}
