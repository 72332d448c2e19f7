import { seconds } from "../../engine/time.ts";
import { kubectl } from "../../kubernetes/kubectl.ts";
import { machinesThere } from "../../topology/machines-there.ts";
import { unmadeMachines } from "../../topology/unmade.ts";
import type { Health, KnownCluster } from "../../ui/services.ts";
import { presetFrom } from "../cluster-session.ts";
import type { CommandContext } from "../command-context.ts";
import { connectNodes } from "../connect-nodes.ts";

const patience = seconds(20);

/**
 * How many nodes of a cluster are Ready, asked of its API on a control plane; the other nodes are left alone and nobody
 * is asked anything.
 */
export async function clusterHealth(
  { presetFile, lastRun }: KnownCluster,
  ended: AbortSignal,
  given: CommandContext,
): Promise<Health> {
  if (presetFile === undefined) return { state: "unknown", says: "its preset is not known here" };
  if (lastRun?.command.startsWith("destroy") === true && lastRun.outcome === "ok") {
    return { state: "unknown", says: "destroyed" };
  }
  const signal = AbortSignal.any([ended, AbortSignal.timeout(patience)]);
  const context = { ...given, signal, interactive: false, inform: () => undefined, print: () => undefined };
  const spec = await presetFrom(presetFile, context);
  if (spec.topology.kind === "lab" && (await unmadeMachines(spec)).length > 0) {
    return { state: "unknown", says: "its lab is not running" };
  }
  const controlPlanes = (await machinesThere(spec)).filter(({ roles }) => roles.includes("control-plane"));
  const connected = await connectNodes(controlPlanes, {
    ...{ cluster: spec.name, signal, parallel: given.limits.connections },
  });
  try {
    const [first] = connected.nodes;
    if (first === undefined)
      return { state: "unhealthy", says: connected.absent[0]?.error.message ?? "no control plane" };
    const command = kubectl(
      "get",
      "nodes",
      '-o=jsonpath={range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}',
    );
    const { stdout } = await first.host.read(command, { signal });
    const states = stdout.split("\n").filter((line) => line !== "");
    const ready = states.filter((state) => state === "True").length;
    const healthy = states.length > 0 && ready === states.length;
    return { state: healthy ? "healthy" : "unhealthy", says: `${ready} of ${states.length} nodes Ready` };
  } finally {
    await connected.close();
  }
}
