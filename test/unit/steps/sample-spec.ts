import type { ClusterSpec } from "../../../src/preset/cluster-spec.ts";

/** A spec as presets give it when they say nothing special; each test adds its nodes and what it is about. */
export const sampleSpec: ClusterSpec = {
  name: "demo",
  kubernetes: { version: "1.20.2", source: { kind: "bundle", path: "/bundle" } },
  topology: { kind: "static", nodes: [] },
  ha: { mode: "single" },
  network: {
    plugin: "bridge",
    podCIDR: "10.244.0.0/16",
    serviceCIDR: "10.96.0.0/12",
    nodePrefix: 24,
    dnsDomain: "cluster.local",
  },
  runtime: { engine: "containerd", registryMirrors: [] },
  packages: {},
};
