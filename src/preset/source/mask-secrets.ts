import type { Span } from "../finding.ts";
import { addressCredentials } from "../path.ts";
import type { SourceNode } from "./source-node.ts";

const secretKey = /pass|pasw|phrase|pwd|secret|token|credential/i;
const longestKey = 64;

/** Whether a key, mistyped or not, looks like the name of something nobody should see. */
export function isSecretKey(key: string | number | undefined): boolean {
  return typeof key === "string" && secretKey.test(key.slice(0, longestKey));
}

/** The text with every value that looks like a secret blackened and all offsets unchanged, for showing lines of it. */
export function maskSecrets(text: string, root: SourceNode | undefined): string {
  const spans = [...(root === undefined ? spansByLine(text) : spansByKey(root)), ...spansInAddresses(text)];
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of spans.toSorted((left, right) => left.start - right.start)) {
    if (start < done) continue;
    parts.push(text.slice(done, start), text.slice(start, end).replaceAll(/[^\r\n]/g, "*"));
    done = end;
  }
  return [...parts, text.slice(done)].join("");
}

function spansByKey(root: SourceNode): Span[] {
  const spans: Span[] = [];
  const seen = new Set<unknown>();
  const visit = (node: SourceNode) => {
    if (node.kind === "scalar") return;
    const children = node.kind === "mapping" ? node.entries : node.items;
    if (seen.has(children)) return;
    seen.add(children);
    if (node.kind === "sequence") node.items.forEach(visit);
    else
      for (const [key, { value }] of node.entries) {
        if (value.kind === "scalar" && isSecretKey(key)) spans.push(value);
        else visit(value);
      }
  };
  visit(root);
  return spans;
}

/** For text that cannot be parsed: of each line that names a secret, everything behind the colon. */
function spansByLine(text: string): Span[] {
  return Array.from(text.matchAll(/[^\r\n]+/g)).flatMap((match) => {
    const named = match[0].search(secretKey);
    const colon = named < 0 ? -1 : match[0].indexOf(":", named);
    return colon < 0 ? [] : [{ start: match.index + colon + 1, end: match.index + match[0].length }];
  });
}

function spansInAddresses(text: string): Span[] {
  return Array.from(text.matchAll(addressCredentials), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
}
