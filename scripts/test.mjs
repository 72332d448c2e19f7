// npm test [PROJECT…]: sets up what the tests need, builds, runs the projects unit, ui, integration, fleet, lab and terminal, and counts.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./setup/build.mjs";
import { ensureDebianPackages } from "./setup/debian-packages.mjs";
import { hostPackages } from "./setup/host-packages.mjs";
import { ensureNodePackages, requireNode } from "./setup/node-packages.mjs";

// The lab comes before the terminal, which then finds images and programs of the lab made.
const all = ["unit", "ui", "integration", "fleet", "lab", "terminal"];
const projects = process.argv.length > 2 ? process.argv.slice(2) : all;

requireNode();
ensureNodePackages();
await ensureDebianPackages(hostPackages(projects));
build();

const folder = mkdtempSync(join(tmpdir(), "kube-installer-test-"));
const count = { passed: 0, failed: 0 };
for (const project of projects) {
  const report = join(folder, `${project}.json`);
  const { status } = spawnSync(
    "node_modules/.bin/vitest",
    ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    { stdio: "inherit" },
  );
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
  count.passed += numPassedTests;
  count.failed += numFailedTests + (status !== 0 && numFailedTests === 0 ? 1 : 0);
}
rmSync(folder, { recursive: true, force: true });
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 ? 0 : 1;
