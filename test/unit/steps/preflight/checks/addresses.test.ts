import { expect, test } from "vitest";
import { ownAddress, packetSize, ranges, routes } from "../../../../../src/steps/preflight/checks/addresses.ts";
import { hostsFile, nameServers } from "../../../../../src/steps/preflight/checks/names.ts";
import { proxyExceptions } from "../../../../../src/steps/preflight/checks/proxy.ts";
import { find, node, told } from "../evidence.ts";

const direct = { destination: "10.0.0.0/24", interface: "eth0" };
const behindGateway = { destination: "0.0.0.0/0", via: "10.0.0.1", interface: "eth0" };

test("a node must have the internal address of the preset", () => {
  expect(find(ownAddress)).toEqual([]);
  const facts = { addresses: [{ interface: "eth0", address: "192.168.7.4", prefix: 24 }] };
  expect(told(find(ownAddress, { nodes: [node("w-1", { facts })] }))).toEqual([
    "error w-1: The node does not have its internal address 10.0.0.21: 192.168.7.4",
  ]);
});

test("every node needs a route to every other", () => {
  expect(find(routes)).toEqual([]);
  const nodes = [node("cp-1", { facts: { routes: [] } }), node("w-1")];
  expect(told(find(routes, { nodes }))).toEqual(["error cp-1: No route to w-1: none"]);
});

test("pods bridged without a tunnel need all nodes on one network", () => {
  const nodes = [node("cp-1", { facts: { routes: [behindGateway] } }), node("w-1")];
  expect(told(find(routes, { nodes }))).toEqual([
    "error cp-1: w-1 is not on the same network, so pods there cannot be routed to: 10.0.0.21 via 10.0.0.1",
  ]);
  const network = {
    plugin: "flannel",
    podCIDR: "10.244.0.0/16",
    serviceCIDR: "10.96.0.0/12",
    nodePrefix: 24,
    dnsDomain: "cluster.local",
  } as const;
  expect(find(routes, { nodes, spec: { network } })).toEqual([]);
});

test("pod and Service ranges must be in use nowhere on a node", () => {
  expect(find(ranges)).toEqual([]);
  const docker = { interface: "docker0", address: "10.244.0.1", prefix: 16 };
  const facts = {
    addresses: [{ interface: "eth0", address: "10.0.0.21", prefix: 24 }, docker],
    routes: [direct, behindGateway, { destination: "10.100.0.0/16", via: "10.0.0.1", interface: "eth0" }],
    nameServers: ["10.96.0.10"],
  };
  expect(told(find(ranges, { nodes: [node("w-1", { facts })] }))).toEqual([
    "error w-1: The range 10.244.0.0/16 (podCIDR) is in use on this node: address 10.244.0.1 on docker0",
    "error w-1: The range 10.96.0.0/12 (serviceCIDR) is in use on this node: route 10.100.0.0/16 via 10.0.0.1 on eth0",
    "error w-1: The range 10.96.0.0/12 (serviceCIDR) is in use on this node: name server 10.96.0.10",
  ]);
});

test("the cluster's own bridge and routes are no conflict on its own nodes", () => {
  const routed = { destination: "10.244.1.0/24", via: "10.0.0.21", interface: "eth0" };
  const own = { destination: "10.244.0.0/24", interface: "cbr0" };
  const kubernetes = {
    ...node("cp-1").facts.kubernetes,
    joined: true,
    files: ["/etc/kubernetes/kubelet.conf"],
    server: "https://10.0.0.11:6443",
  };
  const here = { kubernetes, routes: [direct, behindGateway, routed, own] };
  expect(find(ranges, { nodes: [node("cp-1", { facts: here }), node("w-1")] })).toEqual([]);
  expect(find(ranges, { nodes: [node("cp-1", { facts: { routes: here.routes } }), node("w-1")] })).toHaveLength(2);
  const { server: _server, ...begun } = kubernetes;
  const halfWay = { ...here, kubernetes: begun };
  expect(find(ranges, { nodes: [node("cp-1", { facts: halfWay }), node("w-1")] })).toEqual([]);
});

test("nodes that send larger packets than another takes are told", () => {
  const small = { interfaces: [{ name: "eth0", mac: "02:00:00:00:00:21", mtu: 1450 }] };
  expect(find(packetSize, { nodes: [node("cp-1"), node("w-1", { facts: small })] })).toMatchObject([
    { severity: "warning", node: "cp-1", measured: "MTU 1500", limit: "MTU 1450, as w-1" },
  ]);
});

test("a line of /etc/hosts that gives a node another address is told, with the command that removes it", () => {
  const hosts = [
    { address: "127.0.1.1", names: ["w-1"] },
    { address: "10.9.9.9", names: ["cp-1.example", "cp-1"] },
  ];
  expect(find(hostsFile, { nodes: [node("cp-1"), node("w-1", { facts: { hosts } })] })).toMatchObject([
    {
      node: "w-1",
      measured: "10.9.9.9 cp-1.example cp-1",
      limit: "10.0.0.11",
      fix: "`sed -i '/^10\\.9\\.9\\.9[[:space:]].*cp-1/d' /etc/hosts`",
    },
  ]);
});

test("a name server on the node itself would be asked by itself again", () => {
  expect(find(nameServers)).toEqual([]);
  const on = (servers: readonly string[]) =>
    find(nameServers, { nodes: [node("w-1", { facts: { nameServers: servers } })] });
  expect(on(["127.0.0.1"])).toMatchObject([{ severity: "warning", measured: "127.0.0.1" }]);
  expect(on([])).toHaveLength(1);
});

test("a proxy must be told to leave nodes, pods and Services alone", () => {
  const on = (noProxy: string) => {
    const proxies = { https_proxy: "http://proxy:3128", no_proxy: noProxy };
    return find(proxyExceptions, { nodes: [node("w-1", { facts: { proxies } })] });
  };
  expect(on("10.0.0.0/8")).toEqual([]);
  expect(on("*")).toEqual([]);
  expect(on("10.0.0.21,localhost")).toMatchObject([{ measured: "not in no_proxy: 10.244.0.0/16, 10.96.0.0/12" }]);
  expect(find(proxyExceptions)).toEqual([]);
});
