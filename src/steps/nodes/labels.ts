import { differs, satisfied } from "../../engine/step.ts";
import { kubectl } from "../../kubernetes/kubectl.ts";
import { listNodes, listNodesKeep, ownMark, readListedNodes } from "../../kubernetes/list-nodes.ts";
import type { NodeSpec } from "../../preset/cluster-spec.ts";
import { type Command, sh } from "../../ssh/shell.ts";
import { type Observation, step } from "../context.ts";
import { type Marks, marksLacking } from "./marks.ts";

/** Gives each Node the labels and taints of the preset; marks of other origin stay. */
export const labelNodes = step({
  id: "nodes.labels",
  title: "Label the nodes",
  on: "cluster",
  needs: ["kubeadm.init", "kubeadm.join"],
  check: async (context) => {
    const { lacking, absent } = await compare(context);
    const without = absent.length === 0 ? "" : `; not in the cluster: ${absent.join(", ")}`;
    if (lacking.length === 0) return satisfied(`labels and taints are as in the preset${without}`);
    return differs(`to be marked: ${lacking.map(({ name }) => name).join(", ")}${without}`, {
      danger: evictions(lacking),
    });
  },
  apply: async (context) => {
    const { lacking } = await compare(context);
    await context.each(inGroups(lacking), (group) =>
      context.node.change(`mark ${group.map(({ name }) => name).join(", ")}`, oneAfterAnother(group.map(mark))),
    );
  },
});

/** Nodes that are marked with one command; a thousand would make it longer than a command may be. */
const groupSize = 25;

function inGroups(lacking: readonly Lacking[]): readonly (readonly Lacking[])[] {
  const starts = Array.from({ length: Math.ceil(lacking.length / groupSize) }, (_, index) => index * groupSize);
  return starts.map((start) => lacking.slice(start, start + groupSize));
}

/** A taint with this effect also ends what already runs there. */
function evictions(lacking: readonly Lacking[]): string | undefined {
  const evicted = lacking.filter(({ marks }) => marks.taints.some((taint) => taint.endsWith(":NoExecute")));
  if (evicted.length === 0) return undefined;
  return `pods that do not tolerate the new taint are ended on ${evicted.map(({ name }) => name).join(", ")}`;
}

interface Lacking {
  readonly name: string;
  readonly marks: Marks;
}

async function compare({ node, nodes }: Observation) {
  const { stdout } = await node.read(kubectl(...listNodes), { keep: listNodesKeep });
  const present = readListedNodes(stdout);
  const members = nodes.map(({ machine }) => machine).filter(isMember);
  const lacking: Lacking[] = members.flatMap((machine) => {
    const object = present.get(machine.name);
    const marks = object === undefined ? undefined : marksLacking(object, machine);
    return marks === undefined ? [] : [{ name: machine.name, marks }];
  });
  return { lacking, absent: members.filter(({ name }) => !present.has(name)).map(({ name }) => name) };
}

function isMember({ roles }: NodeSpec): boolean {
  return roles.includes("control-plane") || roles.includes("worker");
}

function mark({ name, marks }: Lacking): Command {
  const { labels, taints, own } = marks;
  const calls = [
    ...(labels.length === 0 ? [] : [kubectl("label", "--overwrite", "node", name, ...labels)]),
    ...(taints.length === 0 ? [] : [kubectl("taint", "--overwrite", "node", name, ...taints)]),
    kubectl("annotate", "--overwrite", "node", name, `${ownMark}=${own}`),
  ];
  return oneAfterAnother(calls);
}

function oneAfterAnother(commands: readonly Command[]): Command {
  return commands.reduce((all, one) => sh`${all} && ${one}`);
}
