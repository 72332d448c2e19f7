import { expect, test } from "vitest";
import type { Listener } from "../../../../../src/facts/facts.ts";
import { firewallServices, packetFilter } from "../../../../../src/steps/preflight/checks/firewall.ts";
import { freePorts, servicePortRange } from "../../../../../src/steps/preflight/checks/ports.ts";
import { betweenNodes, downloads, endpoint } from "../../../../../src/steps/preflight/checks/reachability.ts";
import type { TriedFlow } from "../../../../../src/steps/preflight/evidence.ts";
import { find, node, told } from "../evidence.ts";

const listen = (port: number, process: string, address = "0.0.0.0"): Listener => ({
  port,
  process,
  address,
  protocol: "tcp",
});

test("ports are asked for by role", () => {
  const facts = { listening: [listen(6443, "nginx"), listen(10250, "nginx"), listen(80, "nginx")] };
  expect(told(find(freePorts, { nodes: [node("cp-1", { facts }), node("w-1", { facts })] }))).toEqual([
    "error cp-1: Port 6443 (API server) is taken: nginx listens on 0.0.0.0:6443",
    "error cp-1: Port 10250 (kubelet) is taken: nginx listens on 0.0.0.0:10250",
    "error w-1: Port 10250 (kubelet) is taken: nginx listens on 0.0.0.0:10250",
  ]);
});

test("this cluster's own kubelet may hold its port, another cluster's may not", () => {
  const facts = (server: string) => ({
    listening: [listen(10250, "kubelet", "::")],
    kubernetes: { ...node("w-1").facts.kubernetes, server, joined: true, files: ["/etc/kubernetes/kubelet.conf"] },
  });
  const nodes = (server: string) => [node("cp-1"), node("w-1", { facts: facts(server) })];
  expect(find(freePorts, { nodes: nodes("https://10.0.0.11:6443") })).toEqual([]);
  expect(find(freePorts, { nodes: nodes("https://10.7.7.7:6443") })).toHaveLength(1);
});

test("services on NodePorts are told, unless only the machine itself sees them", () => {
  const facts = { listening: [listen(30080, "python3"), listen(31000, "x", "127.0.0.1"), listen(32768, "y")] };
  expect(told(find(servicePortRange, { nodes: [node("w-1", { facts })] }))).toEqual([
    "warning w-1: Port 30080 belongs to the range of Services of type NodePort: python3 listens on 0.0.0.0:30080",
  ]);
});

const flow = (change: Partial<TriedFlow>): TriedFlow => ({
  to: "cp-1",
  host: "10.0.0.11",
  port: 6443,
  purpose: "api",
  outcome: "connected",
  detail: "",
  answered: true,
  ...change,
});
const from = (...flows: readonly TriedFlow[]) => ({ nodes: [node("cp-1"), node("w-1", { flows })] });

test("silence and a refusal where something listens mean that the way is blocked", () => {
  expect(find(betweenNodes, from(flow({})))).toEqual([]);
  expect(told(find(betweenNodes, from(flow({ outcome: "silent" }))))).toEqual([
    "error w-1: Cannot reach cp-1 on TCP port 6443: no answer within 3 s",
  ]);
  expect(told(find(betweenNodes, from(flow({ outcome: "refused" }))))).toEqual([
    "error w-1: Cannot reach cp-1 on TCP port 6443: refused on the way, although something listens there",
  ]);
  expect(told(find(betweenNodes, from(flow({ outcome: "unreachable", detail: "No route to host" }))))).toEqual([
    "error w-1: Cannot reach cp-1 on TCP port 6443: No route to host",
  ]);
});

test("a refusal where nothing listens means that the way is open", () => {
  expect(find(betweenNodes, from(flow({ outcome: "refused", answered: false })))).toEqual([]);
});

test("the endpoint may refuse before there is an API, but must answer", () => {
  const balancer = { purpose: "endpoint", to: "the API endpoint", host: "api.example", answered: false } as const;
  expect(find(endpoint, from(flow({ ...balancer, outcome: "refused" })))).toEqual([]);
  expect(told(find(endpoint, from(flow({ ...balancer, outcome: "unresolved" }))))).toEqual([
    "error w-1: Cannot reach the API endpoint api.example:6443: the name is not known to DNS",
  ]);
});

test("one of several package sources is enough; none is an error", () => {
  const source = (host: string, outcome: TriedFlow["outcome"]) =>
    flow({ purpose: "packages", to: "a package source", host, port: 80, outcome, answered: false });
  expect(find(downloads, from(source("a", "connected"), source("b", "silent")))).toMatchObject([
    { severity: "warning" },
  ]);
  expect(find(downloads, from(source("a", "refused"), source("b", "silent")))).toMatchObject([
    { severity: "error" },
    { severity: "error" },
  ]);
});

test("an unreachable registry is a warning, because images may already be there", () => {
  const registry = flow({
    purpose: "registry",
    to: "the image registry",
    host: "registry.k8s.io",
    port: 443,
    outcome: "unresolved",
  });
  expect(told(find(downloads, from(registry)))).toEqual([
    "warning w-1: Cannot reach the image registry (registry.k8s.io:443): the name is not known to DNS",
  ]);
});

test("active firewalls and dropping policies are told", () => {
  const facts = {
    services: { ufw: { active: true, enabled: true }, firewalld: { active: false, enabled: true } },
    filterChains: [{ table: "inet filter", chain: "input", hook: "input", policy: "drop" }] as const,
  };
  const nodes = [node("w-1", { facts })];
  expect(told(find([firewallServices, packetFilter], { nodes }))).toEqual([
    "warning w-1: ufw may keep nodes and pods from each other: ufw is active",
    "warning w-1: Packets that no rule allows are dropped on input: policy drop of chain input in table inet filter",
  ]);
});
