// npm run flake [-- RUNS --seed S --jobs N --keep-going --isolate]: runs the unit and UI suites again and again, each time in another
// order; N runs happen at the same time (one per processor), which makes it no easier for them.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { projectsToRepeat } from "./flake/projects.mjs";
import { repeat } from "./flake/repeat.mjs";
import { printReport } from "./flake/report.mjs";
import { ensureDebianPackages } from "./setup/debian-packages.mjs";
import { hostPackages } from "./setup/host-packages.mjs";
import { ensureNodePackages, requireNode } from "./setup/node-packages.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e6)) },
    "keep-going": { type: "boolean", default: false },
    isolate: { type: "boolean", default: false },
    jobs: { type: "string", default: String(availableParallelism()) },
  },
});
const runs = Number(positionals[0] ?? 200);
const firstSeed = Number(values.seed);
const jobs = Number(values.jobs);
const areCounts = [runs, jobs].every((count) => Number.isInteger(count) && count > 0);
if (!areCounts || !Number.isInteger(firstSeed) || positionals.length > 1) {
  console.error("usage: npm run flake -- [RUNS] [--seed NUMBER] [--jobs NUMBER] [--keep-going] [--isolate]");
  process.exit(2);
}

requireNode();
ensureNodePackages();
const projects = await projectsToRepeat();
await ensureDebianPackages(hostPackages(projects));
const report = await repeat({
  runs,
  firstSeed,
  jobs,
  projects,
  keepGoing: values["keep-going"],
  isolate: values.isolate,
});
printReport(report);
process.exitCode = report.failures.length === 0 && report.done === runs ? 0 : 1;
