import type { z } from "zod";
import { describeValue } from "./describe-value.ts";
import type { Finding } from "./finding.ts";
import { allowedInWords, schemaAt } from "./json-schema.ts";
import { nearest } from "./nearest.ts";
import { type Path, quote } from "./path.ts";
import { isPlannedValue } from "./planned.ts";
import { isSecretKey } from "./source/mask-secrets.ts";
import type { Source } from "./source/read-source.ts";
import { synonym } from "./synonyms.ts";
import { exampleLine, typeHint } from "./type-hint.ts";
import { explainUnknownKeys } from "./unknown-key.ts";
import { valueAt } from "./value-at.ts";

type Issue = z.core.$ZodIssue;
type Document = Pick<Source, "value" | "spelling">;

/** More than anybody reads; explaining each of a hundred thousand would take seconds. */
const mostExplained = 1000;

/** What was found wrong, in words, and how many more there are that were left unexplained. */
export interface Explained {
  readonly findings: readonly Finding[];
  readonly left: number;
}

/** Puts what the schema found wrong into the operator's words: what was found, what is allowed, what was meant. */
export function explainIssues(issues: readonly Issue[], source: Document): Explained {
  const all = issues.flatMap(oneKeyEach);
  const explained = all.slice(0, mostExplained);
  const unknown = explained.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? explainUnknownKeys(pathOf(issue), issue.keys, source.value) : [],
  );
  const meant = new Set(unknown.map(({ meant }) => JSON.stringify(meant)));
  const others = explained.flatMap((issue): Finding[] => {
    const path = pathOf(issue);
    if (issue.code === "unrecognized_keys" || meant.has(JSON.stringify(path))) return [];
    if (isEmptyChoice(issue) && unknown.some(({ finding }) => isJustBelow(path, finding.path))) return [];
    return [explainIssue(issue, path, source)];
  });
  return { findings: [...unknown.map(({ finding }) => finding), ...others], left: all.length - explained.length };
}

function oneKeyEach(issue: Issue): Issue[] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue];
}

function pathOf(issue: Issue): Path {
  return issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
}

/** An empty choice next to a key that is not known: saying so would only repeat it. */
function isEmptyChoice(issue: Issue): boolean {
  return issue.code === "custom" && issue.params?.empty === true;
}

function isJustBelow(parent: Path, path: Path): boolean {
  return path.length === parent.length + 1 && parent.every((part, index) => path[index] === part);
}

function explainIssue(issue: Issue, path: Path, source: Document): Finding {
  const value = valueAt(source.value, path);
  switch (issue.code) {
    case "invalid_type":
      return explainType(issue.expected, path, value, source);
    case "invalid_value":
      return explainValue(issue.values.map(String), path, value, source);
    case "invalid_key":
      return { ...complaintOf(issue.issues[0]), severity: "error", path, onKey: true };
    case "too_small":
    case "too_big":
      return explainSize(issue, path, value, source);
    default:
      return { ...complaintOf(issue), severity: "error", path };
  }
}

function complaintOf(issue: Issue | undefined): Pick<Finding, "message" | "allowed" | "hint"> {
  const params: Readonly<Record<string, unknown>> = (issue?.code === "custom" ? issue.params : undefined) ?? {};
  const { allowed, hint } = params;
  return {
    message: issue?.message ?? "is not valid",
    ...(typeof allowed === "string" ? { allowed } : {}),
    ...(typeof hint === "string" ? { hint } : {}),
  };
}

const words: Readonly<Record<string, string>> = {
  string: "a string",
  object: "a mapping",
  record: "a mapping",
  array: "a list",
  int: "a whole number",
  number: "a number",
  boolean: "true or false",
};

function explainType(expected: string, path: Path, value: unknown, source: Document): Finding {
  const schema = schemaAt(path);
  const keys = Object.keys(schema?.properties ?? {}).join(", ");
  const allowed =
    (schema === undefined ? undefined : allowedInWords(schema)) ?? (keys === "" ? undefined : `a mapping with ${keys}`);
  const common = { severity: "error", path, ...(allowed === undefined ? {} : { allowed }) } as const;
  if (value === undefined) {
    const example = exampleLine(path);
    return {
      ...common,
      message: "is missing",
      ...(example === undefined ? {} : { hint: `for example \`${example}\`` }),
    };
  }
  if (isSecretKey(path.at(-1)) && expected === "object" && typeof value !== "object") {
    return {
      severity: "error",
      path,
      message: "a secret must not stand in the preset, where everyone who sees the file reads it",
      allowed: "{ file: PATH } or { env: NAME }",
      hint: `put it into a file only you can read and write \`${path.at(-1)}: { file: PATH }\`; change the secret if this file was shared`,
    };
  }
  const spelling = source.spelling(path);
  const wanted = schema?.type === "integer" ? words.int : (words[expected] ?? expected);
  if (value === null) {
    return {
      ...common,
      message: `has no value; expected ${wanted}`,
      hint: "give it a value or take the key away",
    };
  }
  const hint = typeHint(expected, value, spelling, path);
  return {
    ...common,
    message: `expected ${wanted}, found ${describeValue(value, spelling)}`,
    ...(hint === undefined ? {} : { hint }),
  };
}

function explainValue(allowed: readonly string[], path: Path, value: unknown, source: Document): Finding {
  const common = { severity: "error", path, allowed: allowed.join(", ") } as const;
  if (value === undefined) return { ...common, message: "is missing", hint: `write \`${path.at(-1)}: ${allowed[0]}\`` };
  const found = typeof value === "string" ? quote(value) : describeValue(value, source.spelling(path));
  if (isPlannedValue(path, value)) return { ...common, message: `${found} is not yet supported by this version` };
  const meant = typeof value === "string" ? (synonym(value, allowed) ?? nearest(value, allowed)) : undefined;
  return {
    ...common,
    message: `found ${found}`,
    ...(meant === undefined ? {} : { hint: `did you mean "${meant}"?` }),
  };
}

function explainSize(
  issue: Issue & { code: "too_small" | "too_big" },
  path: Path,
  value: unknown,
  source: Document,
): Finding {
  const schema = schemaAt(path);
  const found = describeValue(value, source.spelling(path));
  if (Array.isArray(value)) {
    const choices = schema === undefined ? undefined : allowedInWords(schema);
    return {
      severity: "error",
      path,
      message: `found ${found}`,
      allowed: choices === undefined ? "at least one item" : `at least one of ${choices}`,
    };
  }
  const limits = schema === undefined ? undefined : allowedInWords(schema);
  return {
    severity: "error",
    path,
    message: `${found} is too ${issue.code === "too_small" ? "small" : "large"}`,
    ...(limits === undefined ? {} : { allowed: limits }),
  };
}
