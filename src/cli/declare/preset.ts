import { type Command, Option } from "commander";
import type { Runner } from "../runner.ts";

/** `preset`: validate, explain, schema. */
export function presetCommands(program: Command, run: Runner): void {
  const preset = program.command("preset").description("check presets and learn what they may contain");
  preset
    .command("validate")
    .description("find every problem of a preset at once; connects to no node")
    .argument("<file>", "the preset")
    .action(run(async () => (await import("../commands/preset-validate.ts")).run));
  preset
    .command("explain")
    .description("tell what a key means, its type, default and allowed values; without a key, list all")
    .argument("[path]", "for example spec.network.podCIDR, or podCIDR alone")
    .addOption(new Option("--markdown", "print all keys as a Markdown table"))
    .action(run(async () => (await import("../commands/preset-explain.ts")).run));
  preset
    .command("schema")
    .description("print the JSON Schema of presets, for editors")
    .action(run(async () => (await import("../commands/preset-schema.ts")).run));
}
