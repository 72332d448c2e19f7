import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent, YAMLException } from "js-yaml";
import type { Finding, Span } from "../finding.ts";
import { type Path, quote } from "../path.ts";
import type { SourceEntry, SourceNode } from "./source-node.ts";

/** What aliases may add to a document, in values; more is taken for an attack on memory (`billion laughs`). */
const mostRepeated = 100_000;

interface OpenNode {
  readonly kind: "mapping" | "sequence";
  readonly start: number;
  readonly path: Path;
  readonly anchor: string | undefined;
  readonly entries: Map<string, SourceEntry>;
  readonly items: SourceNode[];
  end: number;
  /** How many values this one stands for once its aliases are written out. */
  weight: number;
  key: { readonly text: string; readonly span: Span } | undefined;
}

interface Read {
  readonly text: string;
  readonly lineOf: (offset: number) => number;
  readonly findings: Finding[];
  readonly open: OpenNode[];
  readonly anchors: Map<string, { readonly node: SourceNode; readonly weight: number }>;
  repeated: number;
  root: SourceNode | undefined;
}

/**
 * Builds the tree of positions of the first document out of parser events, and finds keys given twice.
 * @throws YAMLException when an alias repeats itself or aliases multiply beyond reason
 */
export function readNodes(
  events: readonly Event[],
  text: string,
  lineOf: (offset: number) => number,
): { root: SourceNode | undefined; findings: readonly Finding[] } {
  const read: Read = { text, lineOf, findings: [], open: [], anchors: new Map(), repeated: 0, root: undefined };
  for (const event of events) {
    if (event.type === EVENT_ID.SCALAR) addScalar(read, event);
    else if (event.type === EVENT_ID.MAPPING) openNode(read, "mapping", event);
    else if (event.type === EVENT_ID.SEQUENCE) openNode(read, "sequence", event);
    else if (event.type === EVENT_ID.ALIAS) addAlias(read, event);
    else if (event.type === EVENT_ID.POP && read.open.length === 0) break;
    else if (event.type === EVENT_ID.POP) closeNode(read);
  }
  return { root: read.root, findings: read.findings };
}

function addScalar(read: Read, event: ScalarEvent): void {
  const span = scalarSpan(read, event);
  const node: SourceNode = { kind: "scalar", ...span };
  remember(read, anchorOf(read, event), node, 1);
  place(read, node, 1, event.valueStart < 0 ? "null" : getScalarValue(read.text, event));
}

function scalarSpan(read: Read, event: ScalarEvent): Span {
  if (event.valueStart < 0) {
    const parent = read.open.at(-1);
    const start = Math.max(parent?.key?.span.end ?? parent?.end ?? 0, event.tagEnd, event.anchorEnd);
    return { start, end: start };
  }
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
  return { start: event.valueStart - quoted, end: event.valueEnd + quoted };
}

function openNode(
  read: Read,
  kind: "mapping" | "sequence",
  event: { start: number; anchorStart: number; anchorEnd: number },
): void {
  const parent = read.open.at(-1);
  read.open.push({
    kind,
    start: event.start,
    end: event.start + 1,
    path: parent === undefined ? [] : [...parent.path, parent.key?.text ?? parent.items.length],
    anchor: anchorOf(read, event),
    entries: new Map(),
    items: [],
    weight: 1,
    key: undefined,
  });
}

function closeNode(read: Read): void {
  const closed = read.open.pop();
  if (closed === undefined) return;
  const { kind, start, end, entries, items, weight } = closed;
  const node: SourceNode = kind === "mapping" ? { kind, start, end, entries } : { kind, start, end, items };
  remember(read, closed.anchor, node, weight);
  place(read, node, weight, "");
}

function addAlias(read: Read, event: { anchorStart: number; anchorEnd: number }): void {
  const name = read.text.slice(event.anchorStart, event.anchorEnd);
  const span = { start: event.anchorStart - 1, end: event.anchorEnd };
  if (read.open.some((node) => node.anchor === name)) {
    YAMLException.throwAt(read.text, span.start, `the alias *${name} stands inside what it repeats`);
  }
  const target = read.anchors.get(name);
  if (target === undefined) YAMLException.throwAt(read.text, span.start, `no anchor &${name} stands above the alias`);
  read.repeated += target.weight;
  if (read.repeated > mostRepeated) {
    YAMLException.throwAt(read.text, span.start, `aliases repeat more than ${mostRepeated} values`);
  }
  place(read, { ...target.node, ...span }, target.weight, read.text.slice(target.node.start, target.node.end));
}

/** Puts a finished value into what is open around it; in a mapping the first of each pair is the key. */
function place(read: Read, node: SourceNode, weight: number, keyText: string): void {
  const parent = read.open.at(-1);
  if (parent === undefined) {
    read.root ??= node;
    return;
  }
  parent.weight += weight;
  parent.end = Math.max(parent.end, node.end);
  if (parent.kind === "sequence") parent.items.push(node);
  else if (parent.key === undefined) parent.key = { text: keyText, span: node };
  else {
    addEntry(read, parent, parent.key, node);
    parent.key = undefined;
  }
}

function addEntry(read: Read, parent: OpenNode, key: { text: string; span: Span }, value: SourceNode): void {
  const first = parent.entries.get(key.text);
  if (first !== undefined) {
    read.findings.push({
      severity: "error",
      path: [...parent.path, key.text],
      span: key.span,
      message: `the key ${quote(key.text)} is given twice; it already stands on line ${read.lineOf(first.key.start)}`,
      hint: "keep one of the two",
    });
  }
  parent.entries.set(key.text, { key: key.span, value });
}

function anchorOf(read: Read, event: { anchorStart: number; anchorEnd: number }): string | undefined {
  return event.anchorStart < 0 ? undefined : read.text.slice(event.anchorStart, event.anchorEnd);
}

function remember(read: Read, anchor: string | undefined, node: SourceNode, weight: number): void {
  if (anchor !== undefined) read.anchors.set(anchor, { node, weight });
}
