import { sanitizeLine } from "./sanitize.ts";
import { redact } from "./secret.ts";

/** Most texts: there is nothing to take out of them but secrets. */
const plain = /^[\n\t -~]*$/;

/**
 * Makes any text safe to show or keep: no terminal sequence, no secret. Secrets are looked for again once sequences that
 * may stand within them are gone.
 */
export function printableText(text: string): string {
  if (plain.test(text)) return redact(text);
  const lines = redact(text).split("\n");
  return redact(lines.map((line) => sanitizeLine(line)).join("\n"));
}
