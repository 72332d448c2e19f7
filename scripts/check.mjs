// npm run check: format, lint, types and import direction; every part runs even if an earlier one fails.
import { spawnSync } from "node:child_process";
import { ensureNodePackages, requireNode } from "./setup/node-packages.mjs";

requireNode();
ensureNodePackages();

const parts = [
  ["format and lint", "node_modules/.bin/biome", ["check", "--error-on-warnings", "."]],
  ["types", "node_modules/.bin/tsc", ["--noEmit"]],
  ["import direction", process.execPath, ["scripts/check/imports.mjs"]],
];
const failed = parts.filter(([name, command, args]) => {
  console.log(`check: ${name}`);
  return spawnSync(command, args, { stdio: "inherit" }).status !== 0;
});
if (failed.length > 0) {
  console.error(`check failed: ${failed.map(([name]) => name).join(", ")}`);
  process.exit(1);
}
