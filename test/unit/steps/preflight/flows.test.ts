import { expect, test } from "vitest";
import type { ClusterSpec } from "../../../../src/preset/cluster-spec.ts";
import { flowsOf, spread } from "../../../../src/steps/preflight/flows.ts";
import type { PreflightNode } from "../../../../src/steps/preflight/preflight-node.ts";
import { sampleSpec } from "../sample-spec.ts";
import { node } from "./evidence.ts";

const host = { read: () => Promise.reject(new Error("not asked")) };
const nodes: readonly PreflightNode[] = ["cp-1", "cp-2", "w-1"].map((name) => ({ ...node(name), host }));

const complete = { ...node("w-1").facts, installed: { "containernetworking-plugins": "1.1.1" } };

function flows(name: string, change: Partial<ClusterSpec> = {}, facts = complete): readonly string[] {
  const self = nodes.find(({ machine }) => machine.name === name);
  if (self === undefined) throw new Error(`no node ${name}`);
  return flowsOf({ ...self, facts }, nodes, { ...sampleSpec, ...change }).map(
    ({ purpose, to, port }) => `${purpose} ${to}:${port}`,
  );
}

test("a worker needs the API of every control plane and nothing else", () => {
  expect(flows("w-1")).toEqual(["api cp-1:6443", "api cp-2:6443"]);
});

test("a control plane needs every kubelet, and the other control planes' etcd", () => {
  expect(flows("cp-1")).toEqual([
    "api cp-2:6443",
    "kubelet cp-2:10250",
    "kubelet w-1:10250",
    "etcd cp-2:2379",
    "etcd cp-2:2380",
  ]);
});

test("an endpoint of its own is tried, one that is a control plane's address is not", () => {
  expect(flows("w-1", { ha: { mode: "load-balancer", endpoint: "api.example:443" } })).toContain(
    "endpoint the API endpoint:443",
  );
  expect(flows("w-1", { ha: { mode: "single", endpoint: "10.0.0.11:6443" } })).toHaveLength(2);
});

test("package sources are tried only when a package is missing, and the proxy in their place", () => {
  const { socat: _socat, ...commands } = complete.commands;
  expect(flows("w-1", {}, { ...complete, commands })).toContain("packages a package source:80");
  expect(flows("w-1", { packages: { proxy: "http://10.0.0.1:3142" } }, { ...complete, commands })).toEqual([
    "api cp-1:6443",
    "api cp-2:6443",
    "packages the package proxy:3142",
  ]);
});

test("without a bundle the registry and the package repository are tried", () => {
  const kubernetes = { version: "1.36.4", source: { kind: "packages" } } as const;
  expect(flows("w-1", { kubernetes })).toEqual([
    "api cp-1:6443",
    "api cp-2:6443",
    "registry the image registry:443",
    "registry the Kubernetes package repository:443",
  ]);
});

test("many nodes are stood for by evenly spread ones", () => {
  const many = Array.from({ length: 200 }, (_, index) => index);
  expect(spread(many, 50)).toEqual(Array.from({ length: 50 }, (_, index) => index * 4));
  expect(spread(many.slice(0, 51), 50)).toHaveLength(50);
  expect(spread(many.slice(0, 50), 50)).toHaveLength(50);
});
