import { seconds } from "../../engine/time.ts";
import { kubectl } from "../../kubernetes/kubectl.ts";
import { adminConf } from "../../kubernetes/node-paths.ts";
import type { Host } from "../../ssh/host.ts";
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
  { presetFile, lastRun, problem }: KnownCluster,
  ended: AbortSignal,
  given: CommandContext,
): Promise<Health> {
  if (problem !== undefined) return { state: "unknown", says: problem };
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
    if (first === undefined) {
      return { state: "unhealthy", says: connected.absent[0]?.error.message ?? "no control plane" };
    }
    if (!first.facts.kubernetes.files.includes(adminConf)) return { state: "unknown", says: "not installed" };
    return await readyNodes(first.host, signal);
  } finally {
    await connected.close();
  }
}

/** An API server that does not answer is no secret of this machine's: the cluster is not well. */
async function readyNodes(host: Host, signal: AbortSignal): Promise<Health> {
  const command = kubectl(
    "get",
    "nodes",
    '-o=jsonpath={range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}',
  );
  const { stdout, stderr, exitCode } = await host.read(command, { signal, allow: [1] });
  if (exitCode !== 0) {
    const why = stderr.trim().split("\n").at(-1) ?? "";
    return { state: "unhealthy", says: `the API does not answer on ${host.name}: ${why}` };
  }
  const states = stdout.split("\n").filter((line) => line !== "");
  const ready = states.filter((state) => state === "True").length;
  const healthy = states.length > 0 && ready === states.length;
  return { state: healthy ? "healthy" : "unhealthy", says: `${ready} of ${states.length} nodes Ready` };
}
