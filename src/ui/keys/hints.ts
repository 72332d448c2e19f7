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
 * As many hints as fit in the width, the most special ones first; when some are left out, the way back stays and the help
 * says them. While typing, keys that would write something are not hints.
 */
export function footerHints(bindings: readonly Binding[], width: number, more: string): readonly Hint[] {
  const typing = bindings.includes(keyTable.text.submit);
  const wanted = inTableOrder(bindings)
    .flatMap(({ keys, hint }) => {
      const key = typing ? keys.find((name) => name.length > 1) : keys[0];
      return key === undefined || hint === undefined ? [] : [{ key: keyLabel(key), hint }];
    })
    .filter(({ key }, index, all) => all.findIndex((other) => other.key === key) === index);
  if (sum(wanted.map(widthOf)) <= width) return wanted;
  const help = { key: typing ? "F1" : "?", hint: `keys ${more}` };
  const kept = [...wanted.filter(({ key }) => key === "Esc"), help];
  const others = wanted.filter(({ key }) => kept.every((hint) => hint.key !== key));
  const room = width - sum(kept.map(widthOf));
  const cut = others.findIndex((_, index) => sum(others.slice(0, index + 1).map(widthOf)) > room);
  return [...others.slice(0, cut === -1 ? others.length : Math.max(0, cut)), ...kept];
}

function widthOf({ key, hint }: Hint): number {
  return key.length + hint.length + 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
