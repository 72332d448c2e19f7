import type { Finding } from "../../preset/finding.ts";
import type { Path } from "../../preset/path.ts";
import { formatPath } from "../../preset/path.ts";
import { valueAt } from "../../preset/value-at.ts";
import type { PresetDraft } from "./draft.ts";
import type { Judged } from "./judge.ts";

/** One part of the wizard: the places of the preset it writes, and what to say of them. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** What is asked here, in one sentence. */
  readonly about: string;
  /** The places it owns; a problem belongs to the section that owns the nearest place around it. */
  readonly paths: readonly Path[];
  /** The current value in a few words. */
  readonly summary: (draft: PresetDraft) => string;
  /** What to do when nothing is there yet. */
  readonly missing?: string;
  /** Why this section cannot be answered yet, if so. */
  readonly waitsFor?: (draft: PresetDraft) => string | undefined;
}

export interface SectionStatus {
  readonly state: "complete" | "warning" | "missing" | "wrong";
  /** Why it is not complete. */
  readonly reason: string | undefined;
}

/** The problems of one section, in the order of the checks. */
export function findingsOf(section: Section, sections: readonly Section[], { findings }: Judged): readonly Finding[] {
  return findings.filter(({ path }) => ownerOf(path, sections) === section);
}

/** Who has to mend what is wrong at a path: whoever owns the nearest place around it, else the nearest one below it. */
function ownerOf(path: Path, sections: readonly Section[]): Section | undefined {
  const owned = sections.flatMap((section) => section.paths.map((place) => ({ section, place })));
  const around = owned.filter(({ place }) => startsWith(path, place)).toSorted(longestFirst);
  const below = owned.filter(({ place }) => startsWith(place, path));
  return (around[0] ?? below[0])?.section ?? sections[0];
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((part, index) => path[index] === part);
}

function longestFirst(one: { readonly place: Path }, other: { readonly place: Path }): number {
  return other.place.length - one.place.length;
}

/** Whether a section is done, and if not, why. */
export function statusOf(
  section: Section,
  sections: readonly Section[],
  { draft, judged }: { draft: PresetDraft; judged: Judged },
): SectionStatus {
  const waits = section.waitsFor?.(draft);
  if (waits !== undefined) return { state: "missing", reason: waits };
  const findings = findingsOf(section, sections, judged);
  const errors = findings.filter(({ severity }) => severity === "error");
  const wrong = errors.find(({ path }) => !isEmpty(valueAt(draft, path)));
  if (wrong !== undefined) return { state: "wrong", reason: reasonOf(wrong) };
  const [missing] = errors;
  if (missing !== undefined) return { state: "missing", reason: section.missing ?? reasonOf(missing) };
  const [warning] = findings;
  return warning === undefined
    ? { state: "complete", reason: undefined }
    : { state: "warning", reason: warning.message };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

/** `nodes[1].address: is taken …`: a problem with the end of the path it stands at. */
function reasonOf({ path, message }: Finding): string {
  const end = path.findLastIndex((part) => typeof part === "number");
  return `${formatPath(path.slice(end > 0 ? end - 1 : -1))}: ${message}`;
}

/** The section to go on with after one was left: the next one that needs something, else none. */
export function nextToDo(
  after: string,
  sections: readonly Section[],
  ground: { draft: PresetDraft; judged: Judged },
): Section | undefined {
  const start = sections.findIndex(({ id }) => id === after) + 1;
  return [...sections.slice(start), ...sections.slice(0, start)].find((section) =>
    ["missing", "wrong"].includes(statusOf(section, sections, ground).state),
  );
}
