import { z } from "zod";
import { checkAddress, checkIPAddress, checkLabel, labelPattern } from "../formats.ts";
import { checkLabelValue, checkNodeLabelKey, checkTaintKey } from "../kubernetes-names.ts";
import { choice } from "./choice.ts";
import { ssh } from "./ssh.ts";
import { help, text } from "./text.ts";

const taint = z
  .strictObject({
    key: text(checkTaintKey, { description: "Key of the taint.", examples: ["example.com/gpu"] }),
    value: text(checkLabelValue, { description: "Value of the taint.", examples: ["only"] }).exactOptional(),
    effect: z
      .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
      .meta(help({ description: "What happens to pods that do not tolerate it.", examples: ["NoSchedule"] })),
  })
  .meta(help({ description: "One taint.", examples: [{ key: "example.com/gpu", effect: "NoSchedule" }] }));

const node = z
  .strictObject({
    name: text(checkLabel, {
      description: "Host name and Kubernetes node name, unique in the cluster.",
      otherwise: "made from the address: node-10-0-0-11 for 10.0.0.11, w1 for w1.example.com",
      examples: ["cp-1"],
      pattern: `^${labelPattern}$`,
    }).exactOptional(),
    address: text(checkAddress, {
      description: "Where to log in: an IP address, a DNS name or a name from ~/.ssh/config.",
      examples: ["10.0.0.11"],
    }),
    internalAddress: text(checkIPAddress, {
      description: "IP address the other nodes use; needed when `address` is a name.",
      otherwise: "the address",
      examples: ["192.168.1.11"],
    }).exactOptional(),
    roles: z
      .array(z.enum(["control-plane", "worker"]).meta(help({ description: "One role.", examples: ["worker"] })))
      .min(1)
      .meta(
        help({
          description: "What the node is for; a control plane that is also a worker takes ordinary pods.",
          examples: [["worker"], ["control-plane", "worker"]],
        }),
      ),
    labels: z
      .record(
        text(checkNodeLabelKey, { description: "Label key.", examples: ["machine-type"] }),
        text(checkLabelValue, { description: "Label value.", examples: ["NC24R"] }),
      )
      .meta(help({ description: "Kubernetes labels of the node.", examples: [{ "machine-type": "NC24R" }] }))
      .default({}),
    taints: z
      .array(taint)
      .meta(
        help({
          description: "Kubernetes taints of the node.",
          examples: [[{ key: "example.com/gpu", value: "only", effect: "NoSchedule" }]],
        }),
      )
      .default([]),
    ssh: ssh("How to log in to this node, where it differs from `spec.topology.static.ssh`.").exactOptional(),
  })
  .meta(help({ description: "One machine.", examples: [{ address: "10.0.0.21", roles: ["worker"] }] }));

const staticTopology = z
  .strictObject({
    ssh: ssh("How to log in to every node, unless the node says otherwise.").exactOptional(),
    nodes: z
      .array(node)
      .min(1)
      .meta(
        help({
          description: "The machines of the cluster.",
          examples: [[{ name: "cp-1", address: "10.0.0.11", roles: ["control-plane"] }]],
        }),
      ),
  })
  .meta(
    help({
      description: "Machines that are there already, by address.",
      examples: [{ nodes: [{ address: "10.0.0.11", roles: ["control-plane"] }] }],
    }),
  );

const labTopology = z
  .strictObject({
    name: text(checkLabel, {
      description: "Name of the lab on this machine.",
      otherwise: "the cluster's name",
      examples: ["demo"],
      pattern: `^${labelPattern}$`,
    }).exactOptional(),
    controlPlanes: z
      .int()
      .min(1)
      .max(7)
      .meta(help({ description: "How many control planes to start.", examples: [1] }))
      .default(1),
    workers: z
      .int()
      .min(0)
      .max(100)
      .meta(help({ description: "How many workers to start.", examples: [2] }))
      .default(1),
  })
  .meta(
    help({ description: "Throw-away real nodes on this machine, for trying things out.", examples: [{ workers: 2 }] }),
  );

/** Where the machines come from. */
export const topology = choice(
  { static: staticTopology.exactOptional(), lab: labTopology.exactOptional() },
  { description: "Where the machines come from.", examples: [{ lab: { workers: 2 } }] },
);
