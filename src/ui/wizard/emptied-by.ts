import { formatPath, type Path } from "../../preset/path.ts";
import { valueAt } from "../../preset/value-at.ts";
import type { PresetDraft } from "./draft.ts";

/** The outermost place that would say nothing without the value at a path; where there is no value, nothing goes with it. */
export function emptiedBy(draft: PresetDraft, path: Path, keep: Path): Path {
  const around = path.slice(0, -1);
  if (formatPath(around) === formatPath(keep) || valueAt(draft, path) === undefined) return path;
  const value = valueAt(draft, around);
  const alone = typeof value === "object" && value !== null && Object.keys(value).length <= 1;
  return alone ? emptiedBy(draft, around, keep) : path;
}
