import { expect, test } from "vitest";
import { bundleContents, supportedVersion } from "../../../../../src/steps/preflight/checks/release.ts";
import {
  brokenPackages,
  otherRuntimes,
  packageSources,
  runtimeVersion,
} from "../../../../../src/steps/preflight/checks/software.ts";
import { bundle } from "../bundle.ts";
import { find, node, told } from "../evidence.ts";

const packages = { broken: [], candidates: {}, sources: ["mirror.example.com:80"] };

test("half installed packages are an error; while somebody installs they are that one's work, and a warning", () => {
  expect(find(brokenPackages)).toEqual([]);
  const toldWith = (state: object) => {
    const facts = { packages: { ...packages, ...state } };
    return told(find(brokenPackages, { nodes: [node("w-1", { facts })] }));
  };
  const busy = "warning w-1: Another program is installing packages: unattended-upgr (pid 812) holds dpkg's lock";
  const lockedBy = "unattended-upgr (pid 812)";
  expect(toldWith({ broken: ["postfix"] })).toEqual(["error w-1: Packages are half installed: postfix"]);
  expect(toldWith({ lockedBy })).toEqual([busy]);
  expect(toldWith({ broken: ["postfix"], lockedBy })).toEqual([busy]);
});

test("apt needs a source only when packages are missing", () => {
  const without = { packages: { ...packages, sources: [] } };
  const { conntrack: _conntrack, ...commands } = node("w-1").facts.commands;
  const complete = { ...without, installed: { "containernetworking-plugins": "1.1.1" } };
  expect(find(packageSources, { nodes: [node("w-1", { facts: complete })] })).toEqual([]);
  expect(told(find(packageSources, { nodes: [node("w-1", { facts: { ...complete, commands } })] }))).toEqual([
    "error w-1: Packages must be installed, but apt has no source over the network: missing: conntrack",
  ]);
});

test.each([
  ["1.20.2", "1.6.20~ds1", "fits"],
  ["1.22.17", "2.0.1", "does not"],
  ["1.23.0", "2.0.1", "fits"],
  ["1.26.0", "1.5.9", "does not"],
  ["1.30.2", "1.6.20~ds1-1+deb12u3", "fits"],
  ["1.36.4", "1.7.28", "does not"],
  ["1.36.4", "2.2.0", "fits"],
])("Kubernetes %s with containerd %s: %s", (version, containerd, wanted) => {
  const nodes = [node("w-1", { facts: { installed: { containerd } } })];
  expect(find(runtimeVersion, { version, nodes }).length === 0 ? "fits" : "does not").toBe(wanted);
});

test("what apt would install is judged where there is no containerd yet", () => {
  const facts = { installed: {}, packages: { ...packages, candidates: { containerd: "1.6.20~ds1-1" } } };
  expect(told(find(runtimeVersion, { version: "1.36.4", nodes: [node("w-1", { facts })] }))).toEqual([
    "error w-1: This containerd does not work with Kubernetes 1.36.4: apt would install 1.6.20~ds1-1",
  ]);
});

test("other container runtimes are told while they run", () => {
  const facts = { services: { docker: { active: true, enabled: true }, crio: { active: false, enabled: true } } };
  expect(find(otherRuntimes, { nodes: [node("w-1", { facts })] })).toMatchObject([{ measured: "docker is active" }]);
});

test("only versions we know are installed", () => {
  expect(find(supportedVersion, { version: "1.37.2" })).toEqual([]);
  expect(told(find(supportedVersion, { version: "1.19.16" }))).toEqual([
    "error cluster: This version is not supported: 1.19.16",
  ]);
});

test("a bundle must hold all that kubeadm asks for, in the preset's version", () => {
  expect(find(bundleContents, { bundle: bundle() })).toEqual([]);
  expect(told(find(bundleContents, { bundle: bundle({ without: ["kubelet", "pause:3.2"] }) }))).toEqual([
    "error cluster: The bundle is not complete: missing: kubelet, pause",
  ]);
  expect(find(bundleContents, { version: "1.21.0", bundle: bundle() })).toMatchObject([
    { measured: "1.20.2", limit: "1.21.0" },
  ]);
});
