import type { Finding } from "../finding.ts";
import type { PartlyPreset } from "../salvage.ts";
import { checkLists } from "./lists.ts";
import { checkNodes } from "./nodes.ts";
import { checkRanges } from "./ranges.ts";
import { checkRoles } from "./roles.ts";
import { checkSource } from "./source.ts";

/** Checks what no single value can tell: whether the parts of a preset go together. */
export function checkMeaning(preset: PartlyPreset): readonly Finding[] {
  return [checkNodes, checkRoles, checkRanges, checkSource, checkLists].flatMap((check) => check(preset));
}
