import { readFile, writeFile } from "node:fs/promises";
import { presetJsonSchema } from "../../src/preset/json-schema.ts";
import { keyTable } from "../../src/preset/key-table.ts";
import { ndjsonJsonSchema } from "../../src/report/event-schema.ts";
import { planJsonSchema } from "../../src/report/plan-json.ts";
import { checkTable } from "./check-table.ts";
import { errorTable } from "./error-table.ts";
import { keyTables } from "./keys-page.ts";

/** A file, or a part of a page, that is made from the code. */
export interface Generated {
  readonly file: string;
  /** The part between `<!-- generated: NAME -->` and `<!-- end of NAME -->`; the whole file when absent. */
  readonly part?: string;
  content(): string;
}

/** Everything that is generated; add a line for a table of your own. */
export const generated: readonly Generated[] = [
  { file: "schema/events.v1.json", content: () => `${JSON.stringify(ndjsonJsonSchema(), null, 2)}\n` },
  { file: "schema/plan.v1.json", content: () => `${JSON.stringify(planJsonSchema(), null, 2)}\n` },
  { file: "schema/preset.v1.json", content: () => `${JSON.stringify(presetJsonSchema(), null, 2)}\n` },
  { file: "docs/preset.md", part: "preset-keys", content: keyTable },
  { file: "docs/errors.md", part: "errors", content: errorTable },
  { file: "docs/preflight.md", part: "checks", content: checkTable },
  { file: "docs/keys.md", part: "keys", content: keyTables },
];

/** What the file should hold; `current` is what it holds now. */
export function wanted({ file, part, content }: Generated, current: string): string {
  if (part === undefined) return content();
  const [start, end] = [`<!-- generated: ${part} -->\n`, `<!-- end of ${part} -->`];
  const [before, rest] = split(current, start, file);
  const [, after] = split(rest, end, file);
  return `${before}${start}\n${content().trim()}\n\n${end}${after}`;
}

/** Brings the file up to date; returns whether it had to change. */
export async function write(entry: Generated): Promise<boolean> {
  const current = entry.part === undefined ? "" : await readFile(entry.file, "utf8");
  const next = wanted(entry, current);
  const before = await readFile(entry.file, "utf8").catch(ifMissing);
  if (before === next) return false;
  await writeFile(entry.file, next);
  return true;
}

function ifMissing(thrown: unknown): undefined {
  if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
  throw thrown;
}

function split(text: string, mark: string, file: string): readonly [string, string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`${file} has no line "${mark.trim()}"`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}
