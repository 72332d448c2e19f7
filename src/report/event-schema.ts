import { z } from "zod";
import type { RunEvent } from "../engine/events.ts";
import type { Holds, Same } from "./same-type.ts";
import { count, error, milliseconds, node, preflightFields } from "./schema-parts.ts";

const place = {
  step: z.string().describe("id of the step"),
  title: z.string().describe("the step in words"),
  node: node.describe("absent for a step on the cluster").exactOptional(),
};

const summary = {
  outcome: z.enum(["ok", "failed", "partial", "interrupted"]),
  durationMs: milliseconds,
  counts: z
    .object({ satisfied: count, changed: count, "would-change": count, failed: count, skipped: count })
    .describe("how many steps ended in which way"),
  setAside: z.array(node).describe("nodes that failed while the others went on"),
  criticalPath: z
    .array(z.object({ step: z.string(), node: node.exactOptional(), durationMs: milliseconds }))
    .describe("the longest chain of steps by time, first to last"),
  slowest: z
    .array(
      z.object({
        step: z.string(),
        instances: count.describe("how many nodes it ran on; 1 for a step on the cluster"),
        medianMs: milliseconds,
        maxMs: milliseconds,
        totalMs: milliseconds,
      }),
    )
    .describe("the steps that kept a node waiting longest, slowest first")
    .exactOptional(),
};

const events = [
  z.object({ type: z.literal("preflight"), ...preflightFields }),
  z.object({
    type: z.literal("run-started"),
    steps: count,
    nodes: z.array(node),
    dryRun: z.boolean().describe("true when nothing is changed"),
  }),
  z.object({ type: z.literal("step-started"), ...place }),
  z.object({ type: z.literal("step-output"), line: z.string().describe("one line a command printed"), ...place }),
  z.object({
    type: z.literal("step-finished"),
    outcome: z.enum(["satisfied", "changed", "would-change", "failed", "skipped"]),
    message: z.string().describe("what the check saw, or why the step did not run"),
    durationMs: milliseconds,
    kind: z
      .enum(["create", "change"])
      .describe("whether something new was made or something there altered; with `changed` and `would-change`")
      .exactOptional(),
    danger: z.string().describe("why an operator should think twice about it; only beside `kind`").exactOptional(),
    error: error.exactOptional(),
    ...place,
  }),
  z.object({ type: z.literal("node-set-aside"), node, error }),
  z.object({
    type: z.literal("diagnostic"),
    level: z.enum(["info", "warning", "error"]),
    message: z.string(),
    node: node.exactOptional(),
    error: error.exactOptional(),
  }),
] as const;
const runFinished = z.object({ type: z.literal("run-finished"), ...summary });

/** Every event of a run; for reading them back from a journal. */
export const eventSchema = z.discriminatedUnion("type", [...events, runFinished]);

const ts = z.iso.datetime({ precision: 3 }).meta({ id: "time", description: "in UTC" });

/** Every line of `--output ndjson`; minor versions only add, a major one may take away. */
export const ndjsonLineSchema = z.discriminatedUnion("type", [
  z.object({
    ts,
    type: z.literal("version"),
    schema: z
      .string()
      .regex(/^1\.\d+$/)
      .describe("version of this format"),
    kubeInstaller: z.string().describe("version of the program"),
  }),
  ...events.map((event) => event.extend({ ts })),
  z.object({ ts, type: z.literal("summary"), ...summary }),
]);

/** The same as JSON Schema, for programs that read the lines. */
export function ndjsonJsonSchema(): object {
  const schema = z.toJSONSchema(ndjsonLineSchema, { io: "input" });
  return {
    ...schema,
    title: "kube-installer --output ndjson",
    description: "One line. The first is `version`, the last `summary`. Ignore fields and types you do not know.",
  };
}

/** Does not compile when the schema and the events of the engine differ in any field. */
export type SchemaDescribesEvents = Holds<Same<z.infer<typeof eventSchema>, RunEvent>>;
