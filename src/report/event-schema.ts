import { z } from "zod";
import { type ErrorCode, errorCatalogue } from "../engine/error-catalogue.ts";
import type { RunEvent } from "../engine/events.ts";

const codes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];
const milliseconds = z.number().min(0).meta({ id: "milliseconds" });
const node = z.string().describe("name of the node");

const problem = z
  .object({
    severity: z.enum(["error", "warning"]),
    file: z.string(),
    line: z.int().min(0).describe("counts from 1"),
    column: z.int().min(0).describe("counts from 1, in characters"),
    path: z.string().describe("where in the document; empty for the file as a whole"),
    message: z.string(),
    allowed: z.string().exactOptional(),
    hint: z.string().exactOptional(),
    excerpt: z
      .object({ text: z.string(), from: z.int().min(0), length: z.int().min(0) })
      .describe("the line it stands on and the part of it that is meant")
      .exactOptional(),
  })
  .meta({ id: "problem", description: "one thing wrong with a file the operator wrote" });

const error = z
  .object({
    code: z.enum(codes).describe("stable; docs/errors.md explains each"),
    message: z.string(),
    node: node.exactOptional(),
    step: z.string().exactOptional(),
    command: z.string().describe("what was run, without secrets").exactOptional(),
    commandExitCode: z.int().exactOptional(),
    output: z.string().describe("the last lines the command printed").exactOptional(),
    likelyCause: z.string().exactOptional(),
    nextSteps: z.array(z.string()).describe("what to do, most promising first").exactOptional(),
    problems: z.array(problem).exactOptional(),
    get failures() {
      return z.array(error).describe("the failures this one stands for").exactOptional();
    },
  })
  .meta({ id: "error", description: "a failure" });

const place = {
  step: z.string().describe("id of the step"),
  title: z.string().describe("the step in words"),
  node: node.describe("absent for a step on the cluster").exactOptional(),
};
const count = z.int().min(0).meta({ id: "count" });

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

const finding = z
  .object({
    severity: z.enum(["error", "warning"]).describe("an error stops the install"),
    check: z.string().describe("id of the check; docs/preflight.md lists them"),
    node: node.exactOptional(),
    message: z.string(),
    measured: z.string().describe("what was seen"),
    limit: z.string().describe("what is wanted"),
    fix: z.string().describe("what to do"),
  })
  .meta({ id: "finding", description: "something a node or the cluster does not fulfil" });

const events = [
  z.object({
    type: z.literal("preflight"),
    findings: z.array(finding).describe("errors before warnings"),
    nodes: z.array(node),
    checks: count.describe("how many checks were made"),
    notes: z.array(z.string()).describe("what could not be looked at, and why"),
  }),
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

/** Fields in one place and without `readonly`, so that two ways of writing the same type are the same. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
type Same<Left, Right> =
  (<T>() => T extends Plain<Left> ? 1 : 2) extends <T>() => T extends Plain<Right> ? 1 : 2 ? true : false;
type Holds<Claim extends true> = Claim;

/** Does not compile when the schema and the events of the engine differ in any field. */
export type SchemaDescribesEvents = Holds<Same<z.infer<typeof eventSchema>, RunEvent>>;
