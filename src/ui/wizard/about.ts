import { schemaAt } from "../../preset/json-schema.ts";
import { describeKey } from "../../preset/list-keys.ts";
import { formatPath, type Path } from "../../preset/path.ts";
import type { PresetDraft } from "./draft.ts";
import type { Section } from "./section.ts";

/** What the schema says of a value, for the line below its field: what it is for, and its default. */
export function hintFor(path: Path): string {
  const schema = schemaAt(path);
  return schema?.description ?? "";
}

/** The default of a value as one would write it, when it has one. */
export function defaultFor(path: Path): string | undefined {
  const schema = schemaAt(path);
  return schema === undefined ? undefined : describeKey(schema, formatPath(path), false).default;
}

/**
 * The help of a section: what is asked, and every key it writes in the words of the preset's own description; of several
 * topologies only the one that was chosen.
 */
export function aboutSection(
  { about, paths }: Pick<Section, "about" | "paths">,
  { spec }: Pick<PresetDraft, "spec"> = {},
): readonly string[] {
  const chosen = Object.keys(spec?.topology ?? {});
  const concerns = ([, part, kind]: Path): boolean =>
    part !== "topology" || kind === undefined || chosen.length === 0 || chosen.includes(String(kind));
  return [about, ...paths.filter(concerns).flatMap(linesFor)];
}

function linesFor(path: Path): string[] {
  const schema = schemaAt(path);
  if (schema === undefined) return [];
  const keys = Object.keys(schema.properties ?? {});
  if (keys.length === 0) return [lineFor(path)];
  return keys.map((key) => lineFor([...path, key]));
}

function lineFor(path: Path): string {
  const fallback = defaultFor(path);
  return `${String(path.at(-1))}: ${hintFor(path)}${fallback === undefined ? "" : ` Default: ${fallback}.`}`;
}
