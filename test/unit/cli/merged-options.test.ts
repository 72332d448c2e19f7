import { Command } from "commander";
import { expect, test } from "vitest";
import { mergedOptions } from "../../../src/cli/merged-options.ts";

function parse(...args: readonly string[]): Record<string, unknown> {
  let options: Record<string, unknown> = {};
  const program = new Command().enablePositionalOptions().option("--output <format>", "", "plain").option("--dry-run");
  program
    .command("install")
    .option("--output <format>", "", "plain")
    .option("--name <name>", "", "lab")
    .action((...all: unknown[]) => {
      options = mergedOptions(all.at(-1) as Command);
    });
  program.parse(["node", "kube-installer", ...args]);
  return options;
}

test.each([
  [["install"], { output: "plain", name: "lab" }],
  [["install", "--output", "ndjson"], { output: "ndjson", name: "lab" }],
  [["--output", "ndjson", "install"], { output: "ndjson", name: "lab" }],
  [["--output", "ndjson", "--dry-run", "install", "--output", "plain"], { output: "plain", name: "lab", dryRun: true }],
])("%j", (args, expected) => {
  expect(parse(...args)).toEqual(expected);
});
