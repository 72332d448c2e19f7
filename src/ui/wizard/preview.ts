import { schemaAt } from "../../preset/json-schema.ts";
import { describeKey } from "../../preset/list-keys.ts";
import { formatPath, type Path } from "../../preset/path.ts";
import { valueAt } from "../../preset/value-at.ts";
import { writePart } from "../../preset/write.ts";
import { concealSecrets, type PresetDraft } from "./draft.ts";

export interface PreviewLine {
  readonly text: string;
  /** Not written in the preset, because it is the default. */
  readonly byDefault: boolean;
}

/** What the draft says at some places, as YAML, and what holds by default where it says nothing. */
export function previewOf(draft: PresetDraft, paths: readonly Path[]): readonly PreviewLine[] {
  const seen = concealSecrets(draft);
  const several = paths.length > 1;
  return paths
    .filter((path) => !several || valueAt(seen, path) !== undefined || hasDefault(path))
    .flatMap((path) => partOf(valueAt(seen, path), path));
}

function hasDefault(path: Path): boolean {
  return schemaAt(path)?.default !== undefined;
}

function partOf(value: unknown, path: Path): PreviewLine[] {
  const key = String(path.at(-1));
  const defaults = defaultsBelow(value, path);
  const isMapping = typeof value === "object" && value !== null;
  if (value === undefined && defaults.length === 0) return [{ text: `# ${key}: missing`, byDefault: true }];
  if (value !== undefined && !isMapping) return yamlLines({ [key]: value });
  const given =
    value === undefined || Object.keys(value as object).length === 0 ? [] : yamlLines({ [key]: value }, path);
  const title = given.length > 0 ? [] : [{ text: `${key}:`, byDefault: value === undefined }];
  return [...title, ...given, ...defaults];
}

function yamlLines(value: Readonly<Record<string, unknown>>, path: Path = []): PreviewLine[] {
  return writePart(value, path.slice(0, -1))
    .trimEnd()
    .split("\n")
    .map((text) => ({ text, byDefault: false }));
}

function defaultsBelow(value: unknown, path: Path): PreviewLine[] {
  const schema = schemaAt(path);
  if (schema === undefined || schema.maxProperties === 1) return [];
  const given = typeof value === "object" && value !== null ? Object.keys(value) : [];
  return Object.entries(schema.properties ?? {}).flatMap(([key]): PreviewLine[] => {
    const below = schemaAt([...path, key]);
    if (below === undefined || given.includes(key)) return [];
    const fallback = describeKey(below, formatPath([...path, key]), false).default;
    if (fallback !== undefined) return [{ text: `  # ${key}: ${fallback}`, byDefault: true }];
    return schema.required?.includes(key) ? [{ text: `  # ${key}: missing`, byDefault: true }] : [];
  });
}

/** The whole preset as it would be saved, line by line. */
export function presetLines(draft: PresetDraft): readonly string[] {
  return writePart(concealSecrets(draft), []).trimEnd().split("\n");
}
