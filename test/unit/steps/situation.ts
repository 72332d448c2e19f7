import { setTimeout as delay } from "node:timers/promises";
import { someAtATime } from "../../../src/engine/some-at-a-time.ts";
import { until } from "../../../src/engine/time.ts";
import type { ClusterSpec, NodeSpec } from "../../../src/preset/cluster-spec.ts";
import type { Action, ChangeableNode } from "../../../src/steps/context.ts";
import { recordedFacts } from "../facts/recorded.ts";
import { sampleSpec } from "./sample-spec.ts";

/** What a node answers to a command: text for stdout, or undefined for a command the test did not expect. */
export type Answer = (command: string) => string | undefined;

export interface SituationNode {
  readonly machine?: Partial<NodeSpec>;
  readonly answer?: Answer;
  readonly files?: Readonly<Record<string, string>>;
}

/** A cluster of named nodes that answer as told; the first is the control plane. `changes` holds what was asked of them. */
export function situation(
  nodes: Readonly<Record<string, SituationNode>>,
  { spec = {}, at }: { spec?: Partial<ClusterSpec>; at?: string } = {},
) {
  const changes: string[] = [];
  const all = Object.entries(nodes).map(([name, told], index) => answeringNode(name, index, told, changes));
  const [first] = all;
  const node = all.find(({ name }) => name === at) ?? first;
  if (first === undefined || node === undefined) throw new Error("a situation needs a node");
  const { signal } = new AbortController();
  const context: Action = {
    spec: {
      ...sampleSpec,
      kubernetes: { version: "1.20.2", source: { kind: "packages" } },
      topology: { kind: "static", nodes: all.map(({ machine }) => machine) },
      ...spec,
    },
    signal,
    log: () => {},
    until: (what, deadline, look) => until(what, look, { signal, deadline, interval: 1 }),
    each: (entries, act) => someAtATime(entries, 4, act),
    node,
    nodes: all,
    machines: all.map(({ machine }) => machine),
    firstControlPlane: first,
  };
  return { context, changes };
}

function answeringNode(
  name: string,
  index: number,
  { machine = {}, answer = () => undefined, files = {} }: SituationNode,
  changes: string[],
): ChangeableNode {
  const address = `10.0.0.${11 + index}`;
  const perform = async (command: { text: string }) => {
    await delay(0);
    const stdout = answer(command.text);
    if (stdout === undefined) throw new Error(`${name} was asked something unexpected: ${command.text}`);
    return { exitCode: 0, signal: null, stdout, stderr: "" };
  };
  return {
    name,
    facts: recordedFacts("debian-12"),
    machine: {
      name,
      address,
      internalAddress: address,
      roles: [index === 0 ? "control-plane" : "worker"],
      labels: {},
      taints: [],
      ssh: { address },
      ...machine,
    },
    read: perform,
    readFile: async (path) => files[path],
    change: async (what, command) => {
      changes.push(`${name}: ${what}`);
      return perform(command);
    },
    writeFile: async (path) => {
      changes.push(`${name}: write ${path}`);
    },
    feed: async (what, _localPath, _sha256, command) => {
      changes.push(`${name}: ${what}`);
      return perform(command);
    },
    upload: async (_localPath, path) => {
      changes.push(`${name}: upload ${path}`);
    },
  };
}
