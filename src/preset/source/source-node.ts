import type { Span } from "../finding.ts";
import type { Path } from "../path.ts";

export interface SourceEntry {
  readonly key: Span;
  readonly value: SourceNode;
}

/** What the source has at one place of the document: where it stands and what is inside. */
export type SourceNode =
  | ({ readonly kind: "scalar" } & Span)
  | ({ readonly kind: "mapping"; readonly entries: ReadonlyMap<string, SourceEntry> } & Span)
  | ({ readonly kind: "sequence"; readonly items: readonly SourceNode[] } & Span);

/** Where the value at a path stands, or the nearest thing around it that is really in the source. */
export function findSpan(root: SourceNode, path: Path, onKey: boolean): Span {
  let node = root;
  let key: Span | undefined;
  for (const part of path) {
    const entry: SourceEntry | undefined = node.kind === "mapping" ? node.entries.get(String(part)) : undefined;
    const next = node.kind === "sequence" ? node.items[Number(part)] : entry?.value;
    if (next === undefined) return key ?? node;
    key = entry?.key;
    node = next;
  }
  return (onKey || node.start === node.end ? key : undefined) ?? node;
}
