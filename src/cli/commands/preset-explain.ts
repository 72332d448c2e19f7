import { explainAll, explainKey } from "../../preset/explain.ts";
import { keyTable } from "../../preset/key-table.ts";
import type { CommandContext } from "../command-context.ts";

/** `preset explain [PATH]`: what a key is for, or the tree of all keys. */
export async function run(
  { path, markdown = false }: { path?: string; markdown?: boolean },
  { print }: CommandContext,
): Promise<number> {
  if (markdown) print(keyTable());
  else print(path === undefined ? explainAll() : explainKey(path));
  return 0;
}
