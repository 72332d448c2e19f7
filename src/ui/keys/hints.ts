import { type Binding, inTableOrder, keyTable } from "./key-table.ts";

/** How a key is written for people: `ctrl-c` → `Ctrl-C`, `up` → `↑` is left to the reader's font and stays `Up`. */
export function keyLabel(key: string): string {
  if (key.length === 1) return key;
  return key
    .split("-")
    .map((part) => (part.length === 1 ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1)))
    .join("-");
}

export interface Hint {
  readonly key: string;
  readonly hint: string;
}

/**
 * As many hints as fit in the width, the most special ones first; when some are left out, the help says them. While
 * typing, keys that would write something are not hints.
 */
export function footerHints(bindings: readonly Binding[], width: number, more: string): readonly Hint[] {
  const typing = bindings.includes(keyTable.text.submit);
  const wanted = inTableOrder(bindings)
    .flatMap(({ keys, hint }) => {
      const key = typing ? keys.find((name) => name.length > 1) : keys[0];
      return key === undefined || hint === undefined ? [] : [{ key: keyLabel(key), hint }];
    })
    .filter(({ key }, index, all) => all.findIndex((other) => other.key === key) === index);
  const widths = wanted.map(({ key, hint }) => key.length + hint.length + 2);
  const fitting = widths.findIndex((_, index) => sum(widths.slice(0, index + 1)) > width);
  if (fitting === -1) return wanted;
  const help = typing ? "F1" : "?";
  const helpWidth = `${help} keys ${more} `.length;
  const cut = widths.findIndex((_, index) => sum(widths.slice(0, index + 1)) > width - helpWidth);
  const before = wanted.slice(0, Math.max(0, cut)).filter(({ key }) => key !== help);
  return [...before, { key: help, hint: `keys ${more}` }];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
