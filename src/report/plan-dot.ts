import { printableText } from "../engine/printable.ts";
import type { EntryKind, ReviewEntry } from "../engine/review.ts";
import { entriesByPlace, type PlanDocument, planMarks } from "./plan-document.ts";

/** Told apart also without colours, by the mark in each label. */
const colours: Readonly<Record<EntryKind, string>> = {
  create: "#b7e1cd",
  change: "#fce8b2",
  danger: "#f4b6ae",
  satisfied: "#f1f3f4",
  unknown: "#d9d2e9",
};

/**
 * A plan as a graph for Graphviz: a frame around each node, an arrow from each step to those that wait for it.
 * @see https://graphviz.org/doc/info/lang.html
 */
export function planDot(document: PlanDocument): readonly string[] {
  const { cluster, review } = document;
  return [
    `digraph ${quoted(cluster)} {`,
    "  rankdir=LR;",
    '  node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=11];',
    '  graph [fontname="sans-serif", style=rounded, color="#80868b"];',
    ...[...entriesByPlace(document)].flatMap(([node = "", entries]) =>
      frame(`cluster_${node}`, node === "" ? cluster : node, entries),
    ),
    ...review.entries.flatMap(({ key, needs }) => needs.map((need) => `  ${quoted(need)} -> ${quoted(key)};`)),
    "}",
  ];
}

/** Graphviz draws a frame around a subgraph whose name begins with `cluster`. */
function frame(id: string, label: string, entries: readonly ReviewEntry[]): readonly string[] {
  if (entries.length === 0) return [];
  return [`  subgraph ${quoted(id)} {`, `    label=${quoted(label)};`, ...entries.map(box), "  }"];
}

function box({ key, kind, title, saw, danger }: ReviewEntry): string {
  const tooltip = danger === undefined ? saw : `${saw}; danger: ${danger}`;
  const attributes = { label: `${planMarks[kind]} ${title}`, fillcolor: colours[kind], tooltip };
  const list = Object.entries(attributes).map(([name, value]) => `${name}=${quoted(value)}`);
  return `    ${quoted(key)} [${list.join(", ")}];`;
}

/** A string in which nothing is special: backslashes would begin escapes, and newlines end lines. */
function quoted(text: string): string {
  const line = printableText(text).replaceAll(/\s*\n\s*/g, " ");
  return `"${line.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
