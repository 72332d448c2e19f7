import { expect, test } from "vitest";
import { mergedOptions } from "../../../src/cli/merged-options.ts";
import { createProgram } from "../../../src/cli/program.ts";

test.each([
  ["install", ["install", "--preset", "p.yaml", "--verbose"]],
  ["install", ["install", "-v", "--preset", "p.yaml"]],
  ["destroy", ["destroy", "--preset", "p.yaml", "-v"]],
  ["kube-installer", ["--preset", "p.yaml", "-v"]],
])("%s hears that everything commands print is wanted: %j", async (name, words) => {
  const program = createProgram(() => {});
  const command = [program, ...program.commands].find((each) => each.name() === name);
  let options: Record<string, unknown> = {};
  command?.action(() => {
    options = mergedOptions(command);
  });
  await program.parseAsync(words, { from: "user" });
  expect(options).toMatchObject({ preset: "p.yaml", verbose: true, output: "plain" });
});
