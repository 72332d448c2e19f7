import { createHash } from "node:crypto";
import { InstallerError } from "../../engine/errors.ts";
import { Secret } from "../../engine/secret.ts";
import { differs, missing, satisfied, type Verdict } from "../../engine/step.ts";
import { apiForNodes } from "../../kubernetes/api-endpoint.ts";
import { sh } from "../../ssh/shell.ts";
import { type Observation, type ObservedNode, step } from "../context.ts";
import { fields } from "../fields.ts";
import { clusterCa } from "../kubeadm/cluster-ca.ts";
import { agentToken } from "./agent-access.ts";
import { type AgentFile, agentFiles } from "./agent-files.ts";
import { agentStatus, agentUnit } from "./names.ts";
import { onLinkBy } from "./on-link.ts";
import { undoBridge } from "./undo-bridge.ts";

/**
 * The network plugin `bridge`: an agent on each node makes the bridge, the routes to the other nodes and the
 * configuration of containerd. It waits by itself until the node has joined, so it is put in place while that happens.
 */
export const networkBridge = step({
  id: "network.bridge",
  title: "Run the agent of the pod network",
  on: "node",
  needs: ["network.access", "os.packages", "runtime.containerd", "kubernetes.binaries"],
  check: async (context) => judge(context.node, await wantedFiles(context), doubtfulAddresses(context)),
  apply: async (context) => {
    const { node } = context;
    const files = await wantedFiles(context);
    await Promise.all(files.map(({ path, content, mode }) => node.writeFile(path, content, { mode })));
    await node.change(
      "start the network agent",
      sh`systemctl daemon-reload && systemctl enable --quiet ${agentUnit} && rm -f ${agentStatus} && systemctl restart ${agentUnit}`,
    );
  },
  undo: undoBridge,
});

async function wantedFiles(context: Observation): Promise<readonly AgentFile[]> {
  const [ca, token] = await Promise.all([clusterCa(context), agentToken(context)]);
  if (token === undefined) {
    throw new InstallerError("step-failed", {
      message: "The cluster has no token for the network agents.",
      nextSteps: ["see why: `kubectl -n kube-system describe secret kube-installer-bridge`"],
    });
  }
  const { spec, node, firstControlPlane } = context;
  const apiServer = apiForNodes(spec, firstControlPlane.machine);
  const { podCIDR, serviceCIDR } = spec.network;
  return agentFiles({
    ...{ node: node.name, address: node.machine.internalAddress },
    ...{ podCIDR, serviceCIDR, apiServer, ca, token },
  });
}

/** Addresses of the other nodes that are not plainly on a link of this one; of many nodes these are few, and they are asked about. */
function doubtfulAddresses({ node, machines }: Observation): readonly string[] {
  const isOnLink = onLinkBy(node.facts.routes);
  return machines
    .filter(({ roles }) => roles.includes("control-plane") || roles.includes("worker"))
    .map(({ internalAddress }) => internalAddress)
    .filter((address) => address !== node.machine.internalAddress && !isOnLink(address));
}

async function judge(node: ObservedNode, files: readonly AgentFile[], others: readonly string[]): Promise<Verdict> {
  const { stdout } = await node.read(
    sh`sha256sum ${files.map(({ path }) => path)} 2>/dev/null | awk '{ print $2, $1 }'
echo "enabled $(systemctl is-enabled ${agentUnit} 2>/dev/null)"
echo "active $(systemctl is-active ${agentUnit})"
echo "status $(cat ${agentStatus} 2>/dev/null)"
for address in ${others}; do
route=$(ip -4 route get "$address" 2>&1 | head -n 1)
case $route in *' via '*|*unreachable*|*RTNETLINK*) echo "far:$address $route" ;; esac
done`,
  );
  const saw = fields(stdout);
  const far = [...saw].filter(([name]) => name.startsWith("far:")).map(([, route]) => route);
  if (far.length > 0) throw routingImpossible(node, far);
  const stale = files.filter(({ path, content }) => saw.get(path) !== digest(content)).map(({ path }) => path);
  if (stale.length === files.length) return missing("no agent yet");
  if (stale.length > 0) return differs(`not as wanted: ${stale.join(", ")}`);
  if (saw.get("enabled") !== "enabled") return differs("the agent does not start with the node");
  if (saw.get("active") !== "active") return differs(`the agent is ${saw.get("active")}`);
  const status = saw.get("status") ?? "";
  if (status.startsWith("problem")) throw agentProblem(node, status);
  return satisfied(status === "" ? "the agent runs" : `the agent runs, ${status}`);
}

function digest(content: string | Secret): string {
  const text = content instanceof Secret ? content.reveal() : content;
  return createHash("sha256").update(text).digest("hex");
}

function routingImpossible(node: ObservedNode, routes: readonly string[]): InstallerError {
  return new InstallerError("routing-impossible", {
    message: `The plugin "bridge" sends pod traffic straight to the other nodes, but ${node.name} reaches some of them only through a router: ${routes.join("; ")}`,
    likelyCause: "the nodes are in different networks, or an internalAddress of the preset is not the one they share",
    nextSteps: [
      "give each node an internalAddress in one common network",
      "or choose a plugin that builds tunnels: network.plugin in the preset",
      "or let the router carry the pod network: one route per node, its pod range via its address",
    ],
  });
}

function agentProblem(node: ObservedNode, status: string): InstallerError {
  return new InstallerError("step-failed", {
    message: `The network agent of ${node.name} reports a ${status}`,
    nextSteps: [`\`journalctl -u ${agentUnit} -n 50\` on the node`],
  });
}
