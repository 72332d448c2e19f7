import { z } from "zod";
import { checkLabel, labelPattern } from "../formats.ts";
import { ha, network, packages, runtime } from "./cluster.ts";
import { kubernetes } from "./kubernetes.ts";
import { help, text } from "./text.ts";
import { topology } from "./topology.ts";

export const apiVersion = "kube-installer/v1";
export const kind = "Cluster";

/** The preset file. Its keys, types, defaults and help are said here and nowhere else. */
export const presetSchema = z
  .strictObject({
    apiVersion: z.literal(apiVersion).meta(help({ description: "Version of this format.", examples: [apiVersion] })),
    kind: z.literal(kind).meta(help({ description: "What the file describes.", examples: [kind] })),
    metadata: z
      .strictObject({
        name: text(checkLabel, {
          description: "Name of the cluster; names its state on this machine and its kubeconfig context.",
          examples: ["demo"],
          pattern: `^${labelPattern}$`,
        }),
      })
      .meta(help({ description: "What the cluster is called.", examples: [{ name: "demo" }] })),
    spec: z
      .strictObject({ kubernetes, topology, ha, network, runtime, packages })
      .meta(help({ description: "The cluster that is wanted.", examples: [{ topology: { lab: { workers: 2 } } }] })),
  })
  .meta({ title: "kube-installer preset", description: "What cluster is wanted." });

/** A preset as written, defaults left out. */
export type PresetInput = z.input<typeof presetSchema>;

/** A preset with every default filled in. */
export type Preset = z.output<typeof presetSchema>;
