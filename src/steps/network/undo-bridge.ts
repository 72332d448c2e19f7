import { dirname } from "node:path";
import { differs, satisfied, type Undo } from "../../engine/step.ts";
import { sh } from "../../ssh/shell.ts";
import type { Action, Observation } from "../context.ts";
import { agentKubeconfig, agentProgram, agentStatus, agentUnit, agentUnitFile } from "./names.ts";

const files = [agentUnitFile, agentProgram, agentKubeconfig, agentStatus];
/** Made for the files; gone with them unless somebody put something else there. */
const folders = [agentProgram, agentKubeconfig].map((path) => dirname(path));

/** Takes the agent away; what it made goes when the node leaves the cluster, because pods need it until then. */
export const undoBridge: Undo<Observation, Action> = {
  title: "Remove the agent of the pod network",
  check: async ({ node }) => {
    const { stdout } = await node.read(sh`for file in ${files}; do [ ! -e "$file" ] || echo "$file"; done
for folder in ${folders}; do [ ! -d "$folder" ] || [ -n "$(ls -A "$folder")" ] || echo "$folder"; done`);
    const left = stdout.trim().split("\n").join(", ");
    return left === "" ? satisfied("no agent") : differs(`still there: ${left}`);
  },
  apply: async ({ node }) => {
    await node.change(
      "remove the network agent",
      sh`systemctl disable --now --quiet ${agentUnit} 2>/dev/null
rm -f ${files}
systemctl daemon-reload
rmdir ${folders} 2>/dev/null
exit 0`,
    );
  },
};
