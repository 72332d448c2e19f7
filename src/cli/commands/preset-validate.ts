import { formatProblem } from "../../engine/problem.ts";
import { loadPreset } from "../../preset/load.ts";
import { summarize } from "../../preset/summary.ts";
import type { CommandContext } from "../command-context.ts";

/** `preset validate FILE`: every problem of the file at once, or what it describes; connects to no node. */
export async function run({ file }: { file: string }, { signal, print, inform }: CommandContext): Promise<number> {
  const { spec, warnings } = await loadPreset(file, { signal, missingReferences: "warning" });
  for (const warning of warnings) inform(formatProblem(warning));
  print(
    `${file} is valid${warnings.length === 0 ? "" : `, with ${warnings.length} warning${warnings.length === 1 ? "" : "s"}`}.`,
  );
  for (const line of summarize(spec)) print(`  ${line}`);
  return 0;
}
