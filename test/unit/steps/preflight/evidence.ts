import type { BundleManifest } from "../../../../src/bundle/manifest.ts";
import type { Finding } from "../../../../src/engine/findings.ts";
import type { Facts } from "../../../../src/facts/facts.ts";
import type { ClusterSpec } from "../../../../src/preset/cluster-spec.ts";
import { applyChecks, type Check } from "../../../../src/steps/preflight/check.ts";
import type { AbsentNode, DiskLatency, NodeEvidence, TriedFlow } from "../../../../src/steps/preflight/evidence.ts";
import { recordedFacts } from "../../facts/recorded.ts";
import { sampleSpec } from "../sample-spec.ts";

/** A node called cp-… is a control plane; the number in the name is the last byte of its address. */
export function node(name: string, { facts = {}, flows = [], disk }: NodeOptions = {}): NodeEvidence {
  const number = Number(/\d+$/.exec(name)?.[0] ?? 1) + (name.startsWith("cp-") ? 10 : 20);
  const address = `10.0.0.${number}`;
  const controlPlane = name.startsWith("cp-");
  return {
    name,
    controlPlane,
    machine: {
      name,
      address,
      internalAddress: address,
      roles: [controlPlane ? "control-plane" : "worker"],
      labels: {},
      taints: [],
      ssh: { address },
    },
    facts: {
      ...recordedFacts("debian-12"),
      hostname: name,
      machineId: number.toString(16).padStart(32, "0"),
      addresses: [{ interface: "eth0", address, prefix: 24 }],
      interfaces: [{ name: "eth0", mac: `02:00:00:00:00:${number}`, mtu: 1500 }],
      routes: [
        { destination: "0.0.0.0/0", via: "10.0.0.1", interface: "eth0" },
        { destination: "10.0.0.0/24", interface: "eth0" },
      ],
      hosts: [],
      nameServers: ["10.0.0.1"],
      installed: { containerd: "1.6.20" },
      ...facts,
    },
    flows,
    ...(disk === undefined ? {} : { disk }),
  };
}

interface NodeOptions {
  readonly facts?: Partial<Facts>;
  readonly flows?: readonly TriedFlow[];
  readonly disk?: DiskLatency;
}

interface Situation {
  readonly nodes?: readonly NodeEvidence[];
  readonly absent?: readonly AbsentNode[];
  readonly bundle?: BundleManifest;
  readonly version?: string;
  readonly spec?: Partial<ClusterSpec>;
}

/** What checks find in a situation; a cluster of cp-1 and w-1 in good order unless told. */
export function find(checks: Check | readonly Check[], situation: Situation = {}): readonly Finding[] {
  const { nodes = [node("cp-1"), node("w-1")], absent = [], bundle, version = "1.20.2" } = situation;
  return applyChecks([checks].flat(), {
    spec: {
      ...sampleSpec,
      kubernetes: { ...sampleSpec.kubernetes, version },
      topology: { kind: "static", nodes: nodes.map(({ machine }) => machine) },
      ...situation.spec,
    },
    nodes,
    absent,
    order: [...nodes, ...absent].map(({ name }) => name),
    ...(bundle === undefined ? {} : { bundle }),
  });
}

/** The same as short lines: `error w-1: message: measured`. */
export function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(
    ({ severity, node: name, message, measured }) => `${severity} ${name ?? "cluster"}: ${message}: ${measured}`,
  );
}
