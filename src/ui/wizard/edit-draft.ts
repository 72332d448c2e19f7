import { schemaAt } from "../../preset/json-schema.ts";
import type { Path } from "../../preset/path.ts";
import { valueAt } from "../../preset/value-at.ts";
import type { PresetDraft } from "./draft.ts";

/** The draft with a value at a path; what is missing around it is made. */
export function setAt(draft: PresetDraft, path: Path, value: unknown): PresetDraft {
  return withValue(draft, path, value) as PresetDraft;
}

/** The draft without the value at a path, nor the mappings and lists around it that would say nothing but their default. */
export function unsetAt(draft: PresetDraft, path: Path): PresetDraft {
  const left = without(draft, path) as PresetDraft;
  const around = path.slice(0, -1);
  return around.length > 0 && isEmptyDefault(left, around) ? unsetAt(left, around) : left;
}

/** The draft with nothing but defaults at a path; that it is there at all stays, where that is an answer of its own. */
export function resetAt(draft: PresetDraft, path: Path): PresetDraft {
  const isAnswer = schemaAt(path.slice(0, -1))?.maxProperties === 1 && valueAt(draft, path) !== undefined;
  return isAnswer ? setAt(draft, path, {}) : unsetAt(draft, path);
}

function withValue(at: unknown, path: Path, value: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (typeof part === "number") {
    const items: readonly unknown[] = Array.isArray(at) ? at : [];
    const item = withValue(items[part], rest, value);
    return part < items.length ? items.with(part, item) : [...items, item];
  }
  const entries = isMapping(at) ? at : {};
  return { ...entries, [part]: withValue(entries[part], rest, value) };
}

function without(at: unknown, path: Path): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return undefined;
  if (typeof part === "number") {
    if (!Array.isArray(at) || part >= at.length) return at;
    return rest.length === 0 ? at.toSpliced(part, 1) : at.with(part, without(at[part], rest));
  }
  if (!isMapping(at) || !Object.hasOwn(at, part)) return at;
  const { [part]: inner, ...others } = at;
  return rest.length === 0 ? others : { ...at, [part]: without(inner, rest) };
}

function isEmptyDefault(draft: PresetDraft, path: Path): boolean {
  const value = valueAt(draft, path);
  const empty = isMapping(value) || Array.isArray(value) ? Object.keys(value).length === 0 : false;
  const fallback = schemaAt(path)?.default;
  return empty && JSON.stringify(fallback) === JSON.stringify(value);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
