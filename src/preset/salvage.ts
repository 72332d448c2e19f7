import type { z } from "zod";
import type { PresetInput } from "./schema/preset.ts";

/** Any part may be missing: what is left of a preset once everything invalid is taken out. */
export type Partly<T> = T extends readonly (infer Item)[]
  ? readonly (Partly<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T;

export type PartlyPreset = Partly<PresetInput>;

/**
 * Puts `undefined` in place of everything the schema refused, so that rules about several values can be checked on the
 * rest and all errors come at once. A key that is there but undefined must not be taken for its default.
 */
export function salvage(document: unknown, issues: readonly z.core.$ZodIssue[]): PartlyPreset | undefined {
  if (typeof document !== "object" || document === null || Array.isArray(document)) return undefined;
  const kept = structuredClone(document) as Container;
  for (const issue of issues) {
    if (issue.code === "custom" && issue.params?.choice === true) continue;
    if (issue.path.length === 0 && issue.code !== "unrecognized_keys") return undefined;
    const keys = issue.code === "unrecognized_keys" ? issue.keys : issue.path.slice(-1);
    const parentPath = issue.code === "unrecognized_keys" ? issue.path : issue.path.slice(0, -1);
    const parent = parentPath.reduce<unknown>((value, part) => (isContainer(value) ? value[part] : undefined), kept);
    if (!isContainer(parent)) continue;
    for (const key of keys) parent[key] = undefined;
  }
  return kept;
}

type Container = Record<PropertyKey, unknown>;

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}
