import { z } from "zod";
import { InstallerError } from "../engine/errors.ts";
import { parseObject } from "./objects.ts";

/** The annotation in which a Node says which of its labels and taints come from the preset. */
export const ownMark = "kube-installer/from-preset";

/** The parts of a Node this program looks at. */
export interface ListedNode {
  readonly name: string;
  readonly uid: string;
  readonly kubeletVersion: string;
  readonly ready: boolean;
  /** The value of `ownMark`; empty when the Node does not have it. */
  readonly fromPreset: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

const taint = z.object({ key: z.string(), value: z.string().optional(), effect: z.string() });
type Taint = z.infer<typeof taint>;
const taints = z.array(taint);
const labels = z.record(z.string(), z.string());

const parts = [
  ".metadata.name",
  ".metadata.uid",
  ".status.nodeInfo.kubeletVersion",
  '.status.conditions[?(@.type=="Ready")].status',
  `.metadata.annotations.${ownMark}`,
  ".metadata.labels",
  ".spec.taints",
];

/**
 * Arguments for kubectl that list all Nodes, a line each. Whole Nodes take some 15 KB, mostly names of images, so a
 * thousand of them would be too much to carry and to keep.
 * @see https://kubernetes.io/docs/reference/kubectl/jsonpath/
 */
export const listNodes: readonly string[] = [
  ...["get", "nodes"],
  `--output=jsonpath={range .items[*]}${parts.map((part) => `{${part}}`).join('{"\\t"}')}{"\\n"}{end}`,
];

/** How many bytes of that list are kept: more than any cluster Kubernetes is made for has. */
export const listNodesKeep = 16 * 1024 * 1024;

/**
 * Reads what kubectl printed for `listNodes`, by name.
 * @throws InstallerError `step-failed` when it is not that
 */
export function readListedNodes(stdout: string): ReadonlyMap<string, ListedNode> {
  const lines = stdout.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => nodeIn(line)).map((node) => [node.name, node]));
}

function nodeIn(line: string): ListedNode {
  const found = line.split("\t");
  const [name = "", uid = "", kubeletVersion = "", ready = "", fromPreset = "", marks = "", repelled = ""] = found;
  if (found.length !== parts.length) {
    throw new InstallerError("step-failed", { message: "kubectl did not print a list of Nodes.", output: line });
  }
  return {
    ...{ name, uid, kubeletVersion, ready: ready === "True", fromPreset },
    labels: marks === "" ? {} : parseObject(labels, marks),
    taints: repelled === "" ? [] : parseObject(taints, repelled),
  };
}
