import fc from "fast-check";
import { dump } from "js-yaml";
import { expect, test } from "vitest";
import { formatProblem, type Problem } from "../../../src/engine/problem.ts";
import { type CheckedPreset, checkPreset } from "../../../src/preset/check-preset.ts";
import { listReferences } from "../../../src/preset/references.ts";
import { resolvePreset } from "../../../src/preset/resolve.ts";
import { validPreset } from "./arbitrary-preset.ts";

/** How many presets to try in all; more for a thorough search: `PRESET_FUZZ_RUNS=100000`. */
const runs = Number(process.env.PRESET_FUZZ_RUNS ?? 600);
const surroundings = { directory: "/presets", home: "/home/me", env: {} };

/** Either a valid preset that resolves, or at least one error, and every problem within the text. */
function expectSound(text: string): CheckedPreset {
  const checked = checkPreset(text, "p.yaml");
  const lines = text.split(/\r\n|\n|\r/);
  if (checked.preset === undefined) expect(checked.problems.map(({ severity }) => severity)).toContain("error");
  else {
    listReferences(checked.preset);
    resolvePreset(checked.preset, { surroundings, secrets: new Map() });
  }
  const unsound = checked.problems.filter((problem) => !isSound(problem, lines));
  expect(unsound).toEqual([]);
  return checked;
}

function isSound(problem: Problem, lines: readonly string[]): boolean {
  const { line, column, message } = problem;
  const width = [...(lines[line - 1] ?? "")].length;
  const inText = line >= 1 && line <= lines.length && column >= 1 && column <= width + 1;
  return inText && message !== "" && !/[^\P{Cc}\n\t]/u.test(formatProblem(problem));
}

/** A valid preset with one place in it replaced, renamed or removed. */
const mutated = fc
  .record({
    preset: validPreset,
    place: fc.nat(),
    change: fc.oneof(
      fc.constant({ kind: "drop" as const }),
      fc.string({ maxLength: 12 }).map((key) => ({ kind: "rename" as const, key })),
      fc.jsonValue({ maxDepth: 2 }).map((value) => ({ kind: "replace" as const, value })),
      fc.constantFrom([], {}, null, "", 0, 1.5, true, "x").map((value) => ({ kind: "replace" as const, value })),
      fc.constant({ kind: "repeat" as const }),
    ),
  })
  .map(({ preset, place, change }) => {
    const document: unknown = structuredClone(preset);
    const places = placesIn(document);
    const chosen = places[place % places.length];
    if (chosen === undefined) return document;
    const { parent, key } = chosen;
    if (Array.isArray(parent)) {
      if (change.kind === "repeat") parent.push(parent[Number(key)]);
      else parent.splice(Number(key), 1, ...(change.kind === "replace" ? [change.value] : []));
    } else {
      const value = parent[key];
      if (change.kind !== "repeat") delete parent[key];
      if (change.kind === "rename") parent[change.key] = value;
      if (change.kind === "replace") parent[key] = change.value;
    }
    return document;
  });

type Place = { readonly parent: Record<string, unknown> | unknown[]; readonly key: string };

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const parent = value as Record<string, unknown> | unknown[];
  return Object.entries(value).flatMap(([key, inner]) => [{ parent, key }, ...placesIn(inner)]);
}

/** The text of a valid preset with a piece cut out, doubled or replaced by garbage. */
const garbled = fc
  .record({
    preset: validPreset,
    flow: fc.boolean(),
    start: fc.nat(),
    length: fc.nat({ max: 40 }),
    garbage: fc.oneof(
      fc.string({ maxLength: 10, unit: "binary" }),
      fc.constantFrom(
        "\t",
        "\r\n",
        "- ",
        ": ",
        "#",
        "&a ",
        "*a ",
        "---\n",
        "...\n",
        "!!str ",
        "<<: ",
        "{",
        "]",
        "'",
        '"',
        "|\n",
        "\0",
        "\u0085",
        "\ufeff",
        "? ",
        "%",
      ),
    ),
  })
  .map(({ preset, flow, start, length, garbage }) => {
    const text = dump(preset, flow ? { flowLevel: 1 } : {});
    const at = start % (text.length + 1);
    return text.slice(0, at) + garbage + text.slice(at + length);
  });

test("every valid preset is accepted", { timeout: 1_800_000 }, () => {
  fc.assert(
    fc.property(validPreset, (preset) => {
      const { problems } = expectSound(dump(preset));
      expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    }),
    { numRuns: Math.ceil(runs / 6) },
  );
});

test("a preset with any one thing changed is valid or gets a located error", { timeout: 1_800_000 }, () => {
  fc.assert(
    fc.property(mutated, (document) => void expectSound(dump(document, { skipInvalid: true }))),
    { numRuns: Math.ceil(runs / 2) },
  );
});

test("a garbled preset is valid or gets a located error", { timeout: 1_800_000 }, () => {
  fc.assert(
    fc.property(garbled, (text) => void expectSound(text)),
    { numRuns: Math.ceil(runs / 6) },
  );
});

test("any text at all gets an answer", { timeout: 1_800_000 }, () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          "a",
          ": ",
          "- ",
          "\n",
          "  ",
          "{",
          "}",
          "[",
          "]",
          ", ",
          "&x ",
          "*x",
          "spec",
          "'",
          '"',
          "|",
          "\t",
          "!",
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(anything, (text) => void expectSound(text)),
    { numRuns: Math.ceil(runs / 6) },
  );
});
