import type { BundleManifest } from "../../bundle/manifest.ts";
import type { InstallerError } from "../../engine/errors.ts";
import type { Facts } from "../../facts/facts.ts";
import type { ClusterSpec } from "../../preset/cluster-spec.ts";
import type { Machine } from "../../topology/machine.ts";

/** How an attempt to connect ended. `silent` means no answer came in time. */
export type ConnectionOutcome = "connected" | "refused" | "silent" | "unreachable" | "unresolved";

/** One connection a node needs. */
export interface Flow {
  /** The name of the node at the other end, or what else is there. */
  readonly to: string;
  readonly host: string;
  readonly port: number;
  /** `api`, `kubelet` and `etcd` go between nodes; the others leave the cluster. */
  readonly purpose: "api" | "kubelet" | "etcd" | "endpoint" | "packages" | "registry";
}

export interface TriedFlow extends Flow {
  readonly outcome: ConnectionOutcome;
  /** The system's own words where the outcome alone does not say enough. */
  readonly detail: string;
  /** Something was listening at the other end, so that a refusal comes from a packet filter in between. */
  readonly answered: boolean;
}

/** How long the disk takes to make a small write durable, in milliseconds. */
export interface DiskLatency {
  readonly directory: string;
  readonly samples: number;
  readonly median: number;
  readonly p99: number;
}

/** What is known of one node. */
export interface NodeEvidence {
  readonly name: string;
  readonly machine: Machine;
  readonly controlPlane: boolean;
  readonly facts: Facts;
  readonly flows: readonly TriedFlow[];
  /** Measured on control planes only. */
  readonly disk?: DiskLatency;
}

/** A node that could not be looked at. */
export interface AbsentNode {
  readonly name: string;
  readonly error: InstallerError;
}

/** Everything the checks judge; they measure nothing themselves. */
export interface Evidence {
  readonly spec: ClusterSpec;
  readonly bundle?: BundleManifest;
  readonly nodes: readonly NodeEvidence[];
  readonly absent: readonly AbsentNode[];
  /** Names of all nodes in the preset's order. */
  readonly order: readonly string[];
}

/** The control plane on which the cluster begins, when it could be looked at. */
export function firstControlPlane({ nodes }: Evidence): NodeEvidence | undefined {
  return nodes.find((node) => node.controlPlane);
}
