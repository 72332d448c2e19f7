import { quote } from "../../../preset/path.ts";
import type { Imported, ImportProblem, TextLine } from "./import-parts.ts";
import { groupOf, type Inventory, machinesOfInventory } from "./inventory.ts";

const heading = /^\[([^\]:]+)(?::(\w+))?\]\s*(?:[#;].*)?$/;

/** Whether there is a group, which nothing but an inventory in INI has. */
export function looksLikeIni(lines: readonly TextLine[]): boolean {
  return lines.some(({ text }) => heading.test(text));
}

/** An Ansible inventory in INI. */
export function importIni(lines: readonly TextLine[]): Imported {
  const inventory: Inventory = new Map();
  const problems: ImportProblem[] = [];
  let [group, part] = ["ungrouped", "hosts"];
  for (const { number, text } of lines) {
    const refuse = (reason: string) => problems.push({ line: number, reason });
    const [, name, kind = "hosts"] = heading.exec(text) ?? [];
    if (name !== undefined) {
      [group, part] = [name.trim(), kind];
      if (!["hosts", "vars", "children"].includes(kind)) refuse(`${quote(text)} is no heading of an inventory`);
    } else if (part === "children") {
      groupOf(inventory, group).children.add(text);
    } else if (part === "vars") {
      for (const [key, value] of variablesIn(text)) groupOf(inventory, group).variables.set(key, value);
    } else if (part === "hosts") {
      const [pattern = ""] = text.split(/\s+/);
      const names = namesOf(pattern);
      if (names === undefined) refuse(`${quote(pattern)} stands for more machines than can be`);
      for (const host of names ?? [])
        groupOf(inventory, group).hosts.set(host, {
          line: number,
          variables: new Map(variablesIn(text.slice(pattern.length))),
        });
    }
  }
  return machinesOfInventory(inventory, problems);
}

function variablesIn(text: string): [string, string][] {
  return [...text.replace(/\s#.*$/, "").matchAll(/([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S*))/g)].map(
    ([, key = "", double, single, bare]) => [key, double ?? single ?? bare ?? ""],
  );
}

const mostInRange = 1000;

/** `w[1:3].example.com` stands for three machines; undefined when there are too many. */
function namesOf(pattern: string): readonly string[] | undefined {
  const [, before = "", first = "", last = "", after = ""] = /^([^[]*)\[(\d{1,6}):(\d{1,6})\](.*)$/.exec(pattern) ?? [];
  if (first === "") return [pattern];
  const count = Number(last) - Number(first) + 1;
  if (count < 1 || count > mostInRange || after.includes("[")) return undefined;
  return Array.from(
    { length: count },
    (_, at) => `${before}${String(Number(first) + at).padStart(first.length, "0")}${after}`,
  );
}
