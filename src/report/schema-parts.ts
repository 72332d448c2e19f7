import { z } from "zod";
import { type ErrorCode, errorCatalogue } from "../engine/error-catalogue.ts";

const codes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];
/** A duration. */
export const milliseconds = z.number().min(0).meta({ id: "milliseconds" });
/** A name that is a node's. */
export const node = z.string().describe("name of the node");

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

/** A failure as it travels in events. */
export const error = z
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

/** How many there are of something. */
export const count = z.int().min(0).meta({ id: "count" });

/** What preflight found. */
export const finding = z
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

/** The fields of a preflight report. */
export const preflightFields = {
  findings: z.array(finding).describe("errors before warnings"),
  nodes: z.array(node),
  checks: count.describe("how many checks were made"),
  notes: z.array(z.string()).describe("what could not be looked at, and why"),
};
