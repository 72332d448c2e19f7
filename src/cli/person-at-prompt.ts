import { ask } from "./ask.ts";
import { confirmHostKey } from "./confirm-host-key.ts";
import type { Person } from "./person.ts";

/** Somebody who reads lines and types answers. */
export const personAtPrompt: Person = {
  confirmHostKey,
  goOnWithout: async (nodes, signal) => {
    const answer = await ask(`Go on without ${nodes.join(", ")}? A later run picks up what is missing. [y/N] `, signal);
    return /^y(es)?$/i.test(answer);
  },
  confirmLoss: async (cluster, signal) =>
    (await ask(`This removes the cluster ${cluster} with everything in it. Type its name to go on: `, signal)) ===
    cluster,
};
