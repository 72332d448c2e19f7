import { z } from "zod";
import type { TextCheck } from "../finding.ts";

/** What a key tells about itself; the JSON Schema, `preset explain` and the docs are made of it. */
export interface KeyHelp {
  /** One sentence on what the key is for. */
  readonly description: string;
  readonly examples?: readonly unknown[];
  /** The allowed values in words, where type, enum and limits do not say it. */
  readonly allowed?: string;
  /** The default in words, where it depends on something else. */
  readonly otherwise?: string;
  /** A regular expression editors can check with. */
  readonly pattern?: string;
}

/** The metadata of a key as it goes into the JSON Schema; keywords of our own begin with `x-`. */
export function help({ description, examples, allowed, otherwise, pattern }: KeyHelp): Record<string, unknown> {
  return {
    description,
    ...(examples === undefined ? {} : { examples }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(allowed === undefined ? {} : { "x-allowed": allowed }),
    ...(otherwise === undefined ? {} : { "x-default": otherwise }),
  };
}

/** A text of a certain form. */
export function text(check: TextCheck, about: KeyHelp) {
  return z
    .string()
    .superRefine((value, context) => {
      const complaint = check(value);
      if (complaint !== undefined)
        context.addIssue({ code: "custom", message: complaint.message, params: { ...complaint } });
    })
    .meta(help(about));
}
