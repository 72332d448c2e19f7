import { describe, expect, test } from "vitest";
import { checkControlPlaneCount } from "../../../src/preset/check/roles.ts";
import { checkPreset } from "../../../src/preset/check-preset.ts";

interface Parts {
  readonly nodes?: readonly string[];
  readonly lab?: string;
  readonly ssh?: string;
  readonly spec?: readonly string[];
}

/** What is said about a preset made of these parts: `severity path message`. */
function found({ nodes, lab, ssh, spec = [] }: Parts): string[] {
  const topology =
    nodes === undefined
      ? [`    lab: ${lab ?? "{}"}`]
      : [
          "    static:",
          ...(ssh === undefined ? [] : [`      ssh: ${ssh}`]),
          "      nodes:",
          ...nodes.map((node) => `        - ${node}`),
        ];
  const version = spec.some((line) => line.startsWith("kubernetes")) ? [] : ['  kubernetes: { version: "1.36.4" }'];
  const text = [
    "apiVersion: kube-installer/v1",
    "kind: Cluster",
    "metadata: { name: demo }",
    "spec:",
    ...version,
    ...spec.map((line) => `  ${line}`),
    "  topology:",
    ...topology,
  ].join("\n");
  return checkPreset(text, "p.yaml").problems.map(
    ({ severity, path, message }) => `${severity} ${path.replace("spec.topology.static.", "")}: ${message}`,
  );
}

const controlPlane = "{ name: cp-1, address: 10.0.0.11, roles: [control-plane] }";
const worker = "{ name: w-1, address: 10.0.0.21, roles: [worker] }";

test("a control plane and a worker are fine", () => {
  expect(found({ nodes: [controlPlane, worker] })).toEqual([]);
});

describe("names", () => {
  test("must differ", () => {
    expect(found({ nodes: [controlPlane, worker.replace("w-1", "cp-1")] })).toEqual([
      'error nodes[1].name: the name "cp-1" is taken by spec.topology.static.nodes[0]',
    ]);
  });
  test("must differ also where they are made from addresses", () => {
    const first = "{ address: w1.a.example.com, internalAddress: 10.0.0.1, roles: [control-plane] }";
    const second = "{ address: w1.b.example.com, internalAddress: 10.0.0.2, roles: [worker] }";
    expect(found({ nodes: [first, second] })).toEqual([
      'error nodes[1].address: the name "w1" is taken by spec.topology.static.nodes[0]',
    ]);
  });
});

describe("addresses", () => {
  test("must differ", () => {
    expect(found({ nodes: [controlPlane, worker.replace("0.21", "0.11")] })).toEqual([
      'error nodes[1].address: the address "10.0.0.11" is taken by spec.topology.static.nodes[0]',
    ]);
  });
  test("may be one for two machines behind different ports", () => {
    const behind = (name: string, port: number, inside: string, role: string) =>
      `{ name: ${name}, address: 203.0.113.1, internalAddress: ${inside}, roles: [${role}], ssh: { port: ${port} } }`;
    expect(
      found({ nodes: [behind("a", 2201, "10.0.0.1", "control-plane"), behind("b", 2202, "10.0.0.2", "worker")] }),
    ).toEqual([]);
  });
  test("inside must differ too", () => {
    const inside = (node: string) => node.replace("roles", "internalAddress: 192.168.7.1, roles");
    expect(found({ nodes: [inside(controlPlane), inside(worker)] })).toEqual([
      'error nodes[1].internalAddress: the internal address "192.168.7.1" is taken by spec.topology.static.nodes[0]',
    ]);
  });
  test.each([
    ["127.0.0.1", '"127.0.0.1" is the loopback range: other machines cannot reach it'],
    ["0.0.0.0", '"0.0.0.0" is no address of a machine'],
    ["224.0.0.1", '"224.0.0.1" is a multicast or reserved address'],
    ["fd00::1", "nodes cannot yet reach each other over IPv6"],
    ["256.1.1.1", '"256.1.1.1" is not an IP address'],
  ])("%s cannot be a node's", (address, message) => {
    expect(found({ nodes: [controlPlane, worker.replace("10.0.0.21", `"${address}"`)] })).toEqual([
      `error nodes[1].address: ${message}`,
    ]);
  });
});

describe("roles", () => {
  test("need a control plane", () => {
    expect(found({ nodes: [worker] })).toEqual(["error nodes: no node has the role control-plane"]);
  });
  test("of several control planes cannot be done yet", () => {
    const others = [2, 3].map((number) => controlPlane.replace("cp-1", `cp-${number}`).replace("0.11", `0.1${number}`));
    const message = "3 control planes need an HA mode other than single, which is not yet supported by this version";
    expect(found({ nodes: [controlPlane, ...others, worker] })).toEqual([`error nodes[1].roles: ${message}`]);
    expect(found({ lab: "{ controlPlanes: 3 }" })).toEqual([`error spec.topology.lab.controlPlanes: ${message}`]);
  });
  test("without any worker give a warning, unless the control plane is one", () => {
    expect(found({ nodes: [controlPlane] })).toEqual([
      "warning nodes: no node has the role worker, so only the cluster's own pods will run",
    ]);
    expect(found({ nodes: ["{ address: 10.0.0.1, roles: [control-plane, worker] }"] })).toEqual([]);
  });
  test("stand once in a list", () => {
    expect(found({ nodes: [controlPlane, worker.replace("[worker]", "[worker, worker]")] })).toEqual([
      "error nodes[1].roles[1]: the role worker is given twice",
    ]);
  });
  test("of control planes come in odd numbers once there may be several", () => {
    const messages = [0, 1, 2, 3, 4, 5].map((count) =>
      checkControlPlaneCount(count, "proxy", []).map(({ message }) => message),
    );
    expect(messages.flat()).toEqual([
      "2 control planes survive no more failures than 1, because etcd needs a majority",
      "4 control planes survive no more failures than 3, because etcd needs a majority",
    ]);
  });
});

describe("ranges", () => {
  const network = (keys: string) => ({ nodes: [controlPlane, worker], spec: [`network: { ${keys} }`] });

  test("of pods and services must not overlap, the default included", () => {
    expect(found(network("podCIDR: 10.100.0.0/16"))).toEqual([
      "error spec.network.podCIDR: 10.100.0.0/16 overlaps serviceCIDR 10.96.0.0/12 (the default)",
    ]);
    expect(found(network("podCIDR: 172.16.0.0/14, serviceCIDR: 172.18.0.0/16"))).toEqual([
      "error spec.network.serviceCIDR: 172.18.0.0/16 overlaps podCIDR 172.16.0.0/14",
    ]);
  });
  test("must not contain a node", () => {
    expect(found({ nodes: [controlPlane, worker.replace("10.0.0.21", "10.244.9.9")] })).toEqual([
      "error nodes[1].address: 10.244.9.9 lies in podCIDR 10.244.0.0/16, which belongs to the cluster alone",
    ]);
    expect(found({ nodes: [controlPlane, worker.replace("roles", "internalAddress: 10.96.3.3, roles")] })).toEqual([
      "error nodes[1].internalAddress: 10.96.3.3 lies in serviceCIDR 10.96.0.0/12, which belongs to the cluster alone",
    ]);
  });
  test.each([
    ["podCIDR: 10.244.0.0/25", "spec.network.podCIDR: a /25 has no room for the /24 each node gets"],
    ["podCIDR: 10.244.0.0/23", undefined],
    ["podCIDR: 10.244.0.0/24", "spec.network.podCIDR: a /24 has room for 1 nodes of /24 each, but there are 2"],
    ["podCIDR: 172.16.0.0/12, nodePrefix: 28, serviceCIDR: 192.168.0.0/16", undefined],
    [
      "podCIDR: 64.0.0.0/8, nodePrefix: 28",
      "spec.network.podCIDR: a /8 is too large to be split into /28 parts: kubeadm refuses more than 16 bits between them",
    ],
    ["serviceCIDR: 64.0.0.0/11", "spec.network.serviceCIDR: a /11 is too large for services: kubeadm refuses it"],
    ["serviceCIDR: 192.168.7.0/29", "spec.network.serviceCIDR: a /29 is too small for services: kubeadm refuses it"],
    ["serviceCIDR: 192.168.7.0/28", undefined],
    [
      "podCIDR: 127.0.0.0/16",
      'spec.network.podCIDR: "127.0.0.0/16" overlaps 127.0.0.0/8, which the Internet standards reserve',
    ],
    [
      "podCIDR: fd00::/48",
      'spec.network.podCIDR: "fd00::/48" is an IPv6 range; IPv6 is not yet supported by this version',
    ],
  ])("%s", (keys, message) => {
    expect(found(network(keys))).toEqual(message === undefined ? [] : [`error ${message}`]);
  });
  test("must have room for every node of a lab too", () => {
    expect(found({ lab: "{ workers: 20 }", spec: ["network: { podCIDR: 10.244.0.0/20 }"] })).toEqual([
      "error spec.network.podCIDR: a /20 has room for 16 nodes of /24 each, but there are 21",
    ]);
  });
  test("that are wrong in themselves are not compared as if they were the default", () => {
    expect(
      found({ ...network("podCIDR: 10.244.1.0/16"), nodes: [controlPlane, worker.replace("10.0.0.21", "10.244.9.9")] }),
    ).toEqual(['error spec.network.podCIDR: "10.244.1.0/16" has host bits set behind /16']);
  });
});

test("a network that is no mapping is not taken for the default one", () => {
  const inDefaultRange = worker.replace("10.0.0.21", "10.244.9.9");
  expect(found({ nodes: [controlPlane, inDefaultRange], spec: ["network: bridge"] })).toEqual([
    'error spec.network: expected a mapping, found the string "bridge"',
  ]);
});

describe("labels and taints", () => {
  const withLabel = (label: string) => ({
    nodes: [controlPlane, worker.replace("roles", `labels: { ${label} }, roles`)],
  });
  const withTaints = (taints: string) => ({
    nodes: [controlPlane, worker.replace("roles", `taints: [${taints}], roles`)],
  });

  test.each([
    "machine-type: NC24R",
    "example.com/rack: a_1.b",
    'empty: ""',
    "topology.kubernetes.io/zone: z1",
    "node.kubernetes.io/size: big",
  ])("%s is a label", (label) => {
    expect(found(withLabel(label))).toEqual([]);
  });
  test.each([
    "-x: y",
    "a/b/c: y",
    "x: -y",
    "x: a b",
    `${"x".repeat(64)}: y`,
    "kubernetes.io/hostname: y",
    "node-restriction.kubernetes.io/x: y",
    "Example.com/x: y",
  ])("%s is none", (label) => {
    expect(found(withLabel(label))).toHaveLength(1);
  });
  test("a taint stands once per effect", () => {
    const taint = "{ key: gpu, effect: NoSchedule }";
    expect(found(withTaints(`${taint}, { key: gpu, effect: NoExecute }`))).toEqual([]);
    expect(found(withTaints(`${taint}, ${taint}`))).toEqual([
      "error nodes[1].taints[1]: the taint gpu:NoSchedule is given twice",
    ]);
  });
  test("a taint of Kubernetes' own is left to Kubernetes", () => {
    expect(found(withTaints("{ key: node-role.kubernetes.io/control-plane, effect: NoSchedule }"))).toEqual([
      'error nodes[1].taints[0].key: "node-role.kubernetes.io/control-plane" belongs to Kubernetes, which sets and removes it itself',
    ]);
  });
});

describe("the source of Kubernetes", () => {
  const nodes = [controlPlane, worker];
  const warning = "pkgs.k8s.io has packages from Kubernetes 1.24 on, not 1.20.2; the nodes need another source";

  test("that has no such version gives a warning", () => {
    expect(found({ nodes, spec: ['kubernetes: { version: "1.20.2" }'] })).toEqual([
      `warning spec.kubernetes.version: ${warning}`,
    ]);
    expect(found({ nodes, spec: ['kubernetes: { version: "1.20.2", source: { packages: {} } }'] })).toEqual([
      `warning spec.kubernetes.source: ${warning}`,
    ]);
  });
  test.each([
    "bundle: { path: b.tar }",
    "binaries: { location: ./bin }",
    "packages: { repository: https://mirror.example.com/deb }",
  ])("%s may have any version", (source) => {
    expect(found({ nodes, spec: [`kubernetes: { version: "1.20.2", source: { ${source} } }`] })).toEqual([]);
  });
  test("is the lab's own business in a lab", () => {
    expect(found({ spec: ['kubernetes: { version: "1.20.2" }'] })).toEqual([]);
  });
});
