import { load, YAMLException } from "js-yaml";
import { sanitizeLine } from "../../../engine/sanitize.ts";
import type { Imported, ImportProblem, TextLine } from "./import-parts.ts";
import { groupOf, type Inventory, machinesOfInventory } from "./inventory.ts";

/** Whether there are the keys that an inventory in YAML has. */
export function looksLikeYaml(lines: readonly TextLine[]): boolean {
  return lines.some(({ text }) => /^(hosts|children)\s*:\s*(\{.*)?$/.test(text));
}

/** Deeper than any inventory is, and as deep as one that leads into itself is followed. */
const deepest = 20;

/** An Ansible inventory in YAML. */
export function importYaml(text: string): Imported {
  const inventory: Inventory = new Map();
  const problems: ImportProblem[] = [];
  const lineOf = linesByKey(text);
  const seen = new Set<unknown>();
  const visit = (name: string, value: unknown, depth: number): void => {
    if (value === null || value === undefined) return;
    if (!isMapping(value)) {
      problems.push({ line: lineOf(name), reason: `${name} is no group: a group has hosts, children or vars` });
      return;
    }
    if (depth > deepest || seen.has(value)) return;
    seen.add(value);
    const group = groupOf(inventory, name);
    for (const [key, inner] of entriesOf(value.vars)) group.variables.set(key, textOf(inner));
    for (const [host, variables] of entriesOf(value.hosts)) {
      const texts = entriesOf(variables).map(([key, inner]) => [key, textOf(inner)] as const);
      group.hosts.set(sanitizeLine(host), { line: lineOf(host), variables: new Map(texts) });
    }
    for (const [child, inner] of entriesOf(value.children)) {
      group.children.add(child);
      visit(child, inner, depth + 1);
    }
  };
  try {
    const document = load(text);
    if (!isMapping(document)) return { machines: [], problems: [{ line: 1, reason: "this is no inventory" }] };
    for (const [name, value] of Object.entries(document)) visit(name, value, 0);
  } catch (thrown) {
    if (!(thrown instanceof YAMLException)) throw thrown;
    const reason = `this is not valid YAML: ${sanitizeLine(thrown.reason)}`;
    return { machines: [], problems: [{ line: (thrown.mark?.line ?? 0) + 1, reason }] };
  }
  return machinesOfInventory(inventory, problems);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isMapping(value) ? Object.entries(value) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? sanitizeLine(String(value)) : "";
}

/** Where each key stands first. */
function linesByKey(text: string): (key: string) => number {
  const lines = new Map<string, number>();
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    const [, key] = /^\s*["']?([^\s"':#][^"':]*?)["']?\s*:/.exec(line.slice(0, 300)) ?? [];
    if (key !== undefined && !lines.has(key)) lines.set(key, index + 1);
  }
  return (key) => lines.get(key) ?? 1;
}
