import { expect, test } from "vitest";
import { mergedOptions } from "../../../src/cli/merged-options.ts";
import { limitsAmong } from "../../../src/cli/options.ts";
import { createProgram } from "../../../src/cli/program.ts";
import { defaultLimits } from "../../../src/engine/limits.ts";

async function limitsAfter(name: string, words: readonly string[]) {
  const program = createProgram(() => {});
  const command = [program, ...program.commands].find((each) => each.name() === name);
  command?.configureOutput({ writeErr: () => {} });
  let options: object = {};
  command?.action(() => {
    options = mergedOptions(command);
  });
  await program.parseAsync(words, { from: "user" });
  return limitsAmong(options);
}

test.each(["install", "destroy"])("%s does as much at once as it is told, otherwise the usual", async (name) => {
  const told = [name, "--concurrency", "5", "--concurrent-uploads", "2", "--concurrent-connections", "7"];
  expect(await limitsAfter(name, told)).toEqual({ steps: 5, uploads: 2, connections: 7 });
  expect(await limitsAfter(name, [name])).toEqual(defaultLimits);
});

test("the limits may also stand before nothing but a preset", async () => {
  expect(await limitsAfter("kube-installer", ["--concurrency", "5"])).toMatchObject({ steps: 5 });
});

test.each(["0", "-1", "1.5", "many", "100000"])("%s at once is refused", async (count) => {
  await expect(limitsAfter("install", ["install", "--concurrency", count])).rejects.toThrow("from 1 to 10000");
});
