import { presetJsonSchema } from "../../preset/json-schema.ts";
import type { CommandContext } from "../command-context.ts";

/** `preset schema`: the JSON Schema of the preset, for editors. */
export async function run(_options: object, { print }: CommandContext): Promise<number> {
  print(JSON.stringify(presetJsonSchema(), null, 2));
  return 0;
}
