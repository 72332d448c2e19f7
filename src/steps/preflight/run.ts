import type { Bundle } from "../../bundle/manifest.ts";
import type { InstallerError } from "../../engine/errors.ts";
import type { PreflightReport } from "../../engine/findings.ts";
import type { ClusterSpec } from "../../preset/cluster-spec.ts";
import { applyChecks } from "./check.ts";
import { checks } from "./checks.ts";
import type { AbsentNode, NodeEvidence } from "./evidence.ts";
import { isControlPlane, mostTried } from "./flows.ts";
import { measureNodes } from "./measure/measure-nodes.ts";
import type { PreflightNode } from "./preflight-node.ts";

export interface PreflightOptions {
  readonly spec: ClusterSpec;
  readonly nodes: readonly PreflightNode[];
  /** Nodes one could not log in to or look at, with the failure; they become findings among the others. */
  readonly absent?: readonly AbsentNode[];
  /** Present when binaries and images come from a bundle. */
  readonly bundle?: Pick<Bundle, "manifest">;
  /** Told of each node that gave up while it was looked at; it is a finding as well. */
  readonly onLost?: (node: AbsentNode) => void;
  /** Writes nothing at all: the disks of control planes are not measured, and a note says so. */
  readonly dryRun?: boolean;
  readonly signal: AbortSignal;
}

/**
 * Looks at every node for everything that would stop the install, all nodes at the same time, and reports all findings
 * of one pass. Besides the facts each node gets at most four commands; only the disk measurement of control planes
 * writes, a temporary file.
 * Never throws because of a node; only when `signal` aborts.
 */
export async function runPreflight(options: PreflightOptions): Promise<PreflightReport> {
  const { spec, nodes, absent = [], bundle, dryRun = false, signal } = options;
  const measured = await measureNodes(nodes, { spec, dryRun, signal });
  signal.throwIfAborted();
  const lost = measured.flatMap(({ node, error }) => (error === undefined ? [] : [{ name: node.machine.name, error }]));
  for (const node of lost) options.onLost?.(node);
  const evidence = {
    spec,
    ...(bundle === undefined ? {} : { bundle: bundle.manifest }),
    nodes: measured.map(
      ({ node, flows, disk }): NodeEvidence => ({
        name: node.machine.name,
        machine: node.machine,
        controlPlane: node.machine.roles.includes("control-plane"),
        facts: node.facts,
        flows,
        ...(disk === undefined ? {} : { disk }),
      }),
    ),
    absent: [...absent, ...lost],
    order: orderOf(spec, [...nodes.map(({ machine }) => machine.name), ...absent.map(({ name }) => name)]),
  };
  return {
    findings: applyChecks(checks, evidence),
    nodes: evidence.order,
    checks: checks.length,
    notes: [...notesOn(nodes, [...absent, ...lost]), ...(dryRun ? notMeasured(nodes) : [])],
  };
}

/** The preset's order; a topology that makes its machines has none, then the given one. */
function orderOf({ topology }: ClusterSpec, names: readonly string[]): readonly string[] {
  const there = new Set(names);
  const listed = new Set(topology.kind === "static" ? topology.nodes.map(({ name }) => name) : []);
  return [...[...listed].filter((name) => there.has(name)), ...names.filter((name) => !listed.has(name))];
}

function notMeasured(nodes: readonly PreflightNode[]): readonly string[] {
  const names = nodes.filter(isControlPlane).map(({ machine }) => machine.name);
  if (names.length === 0) return [];
  return [`the disk speed of ${names.join(", ")} was not measured: that writes, and a dry run does not`];
}

function notesOn(nodes: readonly PreflightNode[], absent: readonly { name: string; error: InstallerError }[]) {
  const withoutPerl = nodes.filter(({ facts }) => facts.commands.perl === undefined);
  const names = (list: readonly string[]) => [...new Set(list)].join(", ");
  return [
    ...(absent.length === 0 ? [] : [`not all of ${names(absent.map(({ name }) => name))} could be looked at`]),
    ...(withoutPerl.length === 0
      ? []
      : [
          `connections from and to ${names(withoutPerl.map(({ machine }) => machine.name))} were not tried: no perl there`,
        ]),
    ...(nodes.length > mostTried + 1
      ? [`control planes tried ${mostTried} of the ${nodes.length} nodes' kubelet ports, evenly spread`]
      : []),
  ];
}
