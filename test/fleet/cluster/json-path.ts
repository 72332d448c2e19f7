/** What `kubectl -o jsonpath=TEMPLATE` prints: fields, `[*]`, `[n]`, `[?(@.a=="b")]`, texts and ranges. */
export function jsonPath(template: string, root: unknown): string {
  const pieces = template.match(/\{[^{}]*\}|[^{}]+/g) ?? [];
  const { text, rest } = print(pieces, root);
  if (rest.length > 0) throw new Error(`the fleet cannot read the jsonpath ${template}`);
  return text;
}

function print(pieces: readonly string[], root: unknown): { readonly text: string; readonly rest: readonly string[] } {
  let text = "";
  let left: readonly string[] = pieces;
  while (left.length > 0) {
    const [piece = "", ...rest] = left;
    left = rest;
    if (!piece.startsWith("{")) text += piece;
    else if (piece === "{end}") return { text, rest };
    else if (piece.startsWith('{"')) text += JSON.parse(piece.slice(1, -1));
    else if (piece.startsWith("{range ")) {
      let after: readonly string[] = rest;
      const items = select(piece.slice("{range ".length, -1), root);
      if (items.length === 0) after = print(rest, undefined).rest;
      for (const item of items) {
        const inner = print(rest, item);
        text += inner.text;
        after = inner.rest;
      }
      left = after;
    } else text += select(piece.slice(1, -1), root).map(shown).join(" ");
  }
  return { text, rest: [] };
}

function select(path: string, root: unknown): readonly unknown[] {
  const steps = path.match(/\.[\w/-]+|\[\*\]|\[\d+\]|\[\?\(@\.\w+=="[^"]*"\)\]/g) ?? [];
  if (steps.join("") !== path) throw new Error(`the fleet cannot read the jsonpath ${path}`);
  return steps.reduce<readonly unknown[]>((values, step) => values.flatMap((value) => follow(step, value)), [root]);
}

function follow(step: string, value: unknown): readonly unknown[] {
  if (step.startsWith(".")) {
    const found = field(value, step.slice(1).replaceAll("\\.", "."));
    return found === undefined ? [] : [found];
  }
  const items = Array.isArray(value) ? value : [];
  if (step === "[*]") return items;
  const [, name, wanted] = /^\[\?\(@\.(\w+)=="([^"]*)"\)\]$/.exec(step) ?? [];
  if (name !== undefined) return items.filter((item) => field(item, name) === wanted);
  const item: unknown = items[Number(step.slice(1, -1))];
  return item === undefined ? [] : [item];
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function shown(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : JSON.stringify(value);
}
