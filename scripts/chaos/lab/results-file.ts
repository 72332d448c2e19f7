import { appendFile, readFile } from "node:fs/promises";
import type { Reference } from "./reference.ts";
import type { CaseResult } from "./result.ts";

export type ResultLine = Reference | CaseResult;

/** Everything earlier runs wrote; a last line that was cut short counts as not written. */
export async function readResults(file: string): Promise<readonly ResultLine[]> {
  const text = await readFile(file, "utf8").catch((thrown: unknown) => {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return "";
    throw thrown;
  });
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

export async function appendResult(file: string, line: ResultLine): Promise<void> {
  await appendFile(file, `${JSON.stringify(line)}\n`);
}
