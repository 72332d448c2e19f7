// npm run fuzz [-- RUNS --seed S]: tries every reader of text that is not trusted with so many random texts, presets and
// the quoting of shell commands among them; the ordinary tests try fewer.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { ensureDebianPackages } from "./setup/debian-packages.mjs";
import { hostPackages } from "./setup/host-packages.mjs";
import { ensureNodePackages, requireNode } from "./setup/node-packages.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: "string" } } });
const runs = Number(positionals[0] ?? 100_000);
if (!Number.isInteger(runs) || runs < 1 || positionals.length > 1) {
  console.error("usage: npm run fuzz -- [RUNS] [--seed NUMBER]");
  process.exit(2);
}

const files = ["test/unit/preset/fuzz.test.ts", "test/unit/fuzz", "test/unit/ssh/shell.test.ts"];
requireNode();
ensureNodePackages();
await ensureDebianPackages(hostPackages(["unit"]));
const env = {
  ...process.env,
  FUZZ_RUNS: String(runs),
  PRESET_FUZZ_RUNS: String(runs),
  ...(values.seed === undefined ? {} : { FUZZ_SEED: values.seed }),
};
const { status } = spawnSync("node_modules/.bin/vitest", ["run", "--project", "unit", "--reporter=verbose", ...files], {
  stdio: "inherit",
  env,
});
process.exitCode = status ?? 1;
