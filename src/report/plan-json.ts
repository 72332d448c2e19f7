import { z } from "zod";
import { entryKinds, type ReviewEntry } from "../engine/review.ts";
import { jsonLine } from "./json-line.ts";
import type { PlanDocument } from "./plan-document.ts";
import type { Holds, Same } from "./same-type.ts";
import { count, error, node, preflightFields } from "./schema-parts.ts";

const entry = z
  .object({
    key: z.string().describe("unique in the plan: `step@node`, or `step` for one on the cluster"),
    step: z.string().describe("id of the step"),
    title: z.string().describe("the step in words"),
    node: node.describe("absent for a step on the cluster").exactOptional(),
    kind: z
      .enum(entryKinds)
      .describe("what it would do; `danger` is a change to think twice about, `unknown` could not be looked at"),
    saw: z.string().describe("what its check saw, or why it saw nothing"),
    danger: z.string().describe("why to think twice; with the kind `danger` only").exactOptional(),
    error: error.describe("why its check failed; with the kind `unknown` only").exactOptional(),
    needs: z.array(z.string()).describe("keys of the steps that must be done first"),
  })
  .meta({ id: "entry", description: "one step of the plan" });

/** What `plan --output json` prints; minor versions only add, a major one may take away. */
export const planSchema = z.object({
  schema: z
    .string()
    .regex(/^1\.\d+$/)
    .describe("version of this format"),
  kubeInstaller: z.string().describe("version of the program"),
  cluster: z.string(),
  goal: z.enum(["install", "destroy"]).describe("what the plan leads to"),
  nodes: z.array(node).describe("in the order of the preset"),
  counts: z
    .object({ create: count, change: count, danger: count, satisfied: count, unknown: count })
    .describe("how many entries there are of each kind"),
  entries: z.array(entry).describe("in the order of the plan"),
  preflight: z
    .object(preflightFields)
    .describe("what was found before; absent when the goal does not need it")
    .exactOptional(),
});

/** A plan as one line of JSON. */
export function planJson({ review, preflight, ...plan }: PlanDocument, programVersion: string): string {
  return jsonLine({
    schema: "1.0",
    kubeInstaller: programVersion,
    ...plan,
    ...review,
    ...(preflight === undefined ? {} : { preflight }),
  });
}

/** The same as JSON Schema, for programs that read it. */
export function planJsonSchema(): object {
  return {
    ...z.toJSONSchema(planSchema, { io: "input" }),
    title: "kube-installer plan --output json",
    description: "What an install, or a destroy, would change. Ignore fields you do not know.",
  };
}

/** Does not compile when the schema and the entries of a review differ in any field. */
export type SchemaDescribesEntries = Holds<Same<z.infer<typeof entry>, ReviewEntry>>;
