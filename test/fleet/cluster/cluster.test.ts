import { expect, test } from "vitest";
import { startFleet } from "../start-fleet.ts";
import { Cluster, nodeNameOf } from "./cluster.ts";

test("every Node has a kube-proxy of its own, also when chance gives one name twice", async () => {
  const fleet = await startFleet({ nodes: 2 });
  try {
    const [first, second] = fleet.nodes.map(({ machine }) => machine);
    if (first === undefined || second === undefined) throw new Error("The fleet has no two nodes");
    const names = ["aaaaa", "aaaaa", "bbbbb"];
    first.random.fork = () => ({ ...first.random, text: () => names.shift() ?? "ccccc" });
    const ranges = { podCIDR: "10.244.0.0/16", serviceCIDR: "10.96.0.0/12", nodePrefix: 24 };
    const cluster = new Cluster({ controlPlane: first, version: "1.20.2", configuration: "", ...ranges });
    for (const machine of [first, second]) cluster.register(machine, machine.name, { labels: {}, taints: [] });
    const pods = cluster.list("Pod", "kube-system");
    expect(pods.map((pod) => [nodeNameOf(pod), pod.metadata.name])).toEqual([
      [first.name, "kube-proxy-aaaaa"],
      [second.name, "kube-proxy-bbbbb"],
    ]);
  } finally {
    await fleet.stop();
  }
});
