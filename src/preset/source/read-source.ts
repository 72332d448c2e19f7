import { constructFromEvents, EVENT_ID, parseEvents } from "js-yaml";
import type { Problem } from "../../engine/problem.ts";
import type { Finding } from "../finding.ts";
import { formatPath } from "../path.ts";
import { makeExcerpt } from "./excerpt.ts";
import { indexLines } from "./lines.ts";
import { maskSecrets } from "./mask-secrets.ts";
import { readNodes } from "./read-nodes.ts";
import { findSpan, type SourceNode } from "./source-node.ts";
import { explainSyntax } from "./syntax-error.ts";

/** A YAML text read once: its value, what is wrong with it as YAML, and where each part of it stands. */
export interface Source {
  /** Undefined when the text is not one YAML document; `findings` says why. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** The offset a finding stands at, to put findings in order. */
  offsetOf(finding: Finding): number;
  /** Turns a finding into a problem with line, column and the line itself. */
  locate(finding: Finding): Problem;
  /** How the value at a path is spelled in the text. */
  spelling(path: Finding["path"]): string;
}

/** Reads a preset's text; never throws, whatever the text is. */
export function readSource(text: string, file: string): Source {
  const lines = indexLines(text);
  const { value, root, findings } = parse(text, (offset) => lines.position(offset).line);
  let shown: ReturnType<typeof indexLines> | undefined;
  const spanOf = ({ path, onKey = false, span }: Finding) =>
    span ?? (root === undefined ? { start: 0, end: 0 } : findSpan(root, path, onKey));
  return {
    value,
    findings,
    offsetOf: (finding) => spanOf(finding).start,
    locate: (finding) => {
      const { severity, path, message, allowed, hint } = finding;
      const span = spanOf(finding);
      const { line, column } = lines.position(span.start);
      shown ??= indexLines(maskSecrets(text, root));
      return {
        severity,
        file,
        line,
        column,
        path: formatPath(path),
        message,
        ...(allowed === undefined ? {} : { allowed }),
        ...(hint === undefined ? {} : { hint }),
        ...(text === "" ? {} : { excerpt: makeExcerpt(shown, line, span) }),
      };
    },
    spelling: (path) => {
      const span = spanOf({ path, severity: "error", message: "" });
      return text.slice(span.start, span.end);
    },
  };
}

interface Parsed {
  readonly value: unknown;
  readonly root: SourceNode | undefined;
  readonly findings: readonly Finding[];
}

function parse(text: string, lineOf: (offset: number) => number): Parsed {
  try {
    const events = parseEvents(text, {});
    const { root, findings } = readNodes(events, text, lineOf);
    if (root === undefined) return { value: undefined, root, findings: [emptyFile] };
    const second = events.findIndex((event, index) => index > 0 && event.type === EVENT_ID.DOCUMENT);
    if (second > 0) return { value: undefined, root, findings: [...findings, secondDocument(text)] };
    const [value] = constructFromEvents(events, { source: text, json: true });
    return { value, root, findings };
  } catch (thrown) {
    return { value: undefined, root: undefined, findings: [explainSyntax(text, thrown)] };
  }
}

const emptyFile: Finding = {
  severity: "error",
  path: [],
  message: "the file is empty",
  hint: "start from one of the examples in presets/, or see `kube-installer preset explain`",
};

function secondDocument(text: string): Finding {
  const markers = Array.from(text.matchAll(/^---(?=\s|$)/gm));
  const start = markers.findLast((marker) => marker.index > 0)?.index ?? text.length;
  return {
    severity: "error",
    path: [],
    span: { start, end: start + 3 },
    message: "a second document begins here, but a preset is exactly one",
    hint: "keep one cluster per file and remove the `---` between them",
  };
}
