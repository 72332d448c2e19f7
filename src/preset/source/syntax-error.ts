import { YAMLException } from "js-yaml";
import type { Finding } from "../finding.ts";

/** What the parser says, and what the operator should do about it. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/tab characters/, "indent with spaces; YAML does not allow tabs there"],
  [
    /bad indentation of a mapping entry/,
    "check the indentation here and above; quote values that contain `: ` or begin with @ ` % or *",
  ],
  [/missed comma/, "separate the entries by commas, and close every bracket and brace"],
  [/bad indentation of a sequence entry/, "begin every `- ` of a list in the same column"],
  [/end of the stream within a flow/, "close the bracket or brace that was opened above"],
  [/end of the stream within a (single|double) quoted/, "close the quotation mark that was opened above"],
  [/non-printable characters|null byte/, "remove the control character; is this really a text file?"],
  [/unknown .* tag/, "leave the !tag away; a preset needs none"],
  [/complex keys/, "write keys as plain words"],
  [/nesting|depth/, "a preset is nowhere nested this deep"],
  [/document separator is expected/, "check the indentation: the document seems to have ended above"],
  [/aliases repeat|stands inside what it repeats/, "write the values out instead of repeating them by alias"],
];

/** The finding for a text the YAML parser refuses. */
export function explainSyntax(text: string, thrown: unknown): Finding {
  const known = thrown instanceof YAMLException;
  const reason = known ? thrown.reason : `cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  const start = Math.min(known ? (thrown.mark?.position ?? 0) : 0, text.length);
  const hint = advice.find(([pattern]) => pattern.test(reason))?.[1];
  return {
    severity: "error",
    path: [],
    span: { start, end: start + 1 },
    message: `not valid YAML: ${reason}`,
    ...(hint === undefined ? {} : { hint }),
  };
}
