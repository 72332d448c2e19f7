// Runs the suites again and again and collects what fails.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runOnce } from "./run-once.mjs";

/**
 * @param {{ runs: number, firstSeed: number, jobs: number, projects: string[], keepGoing: boolean, isolate: boolean }} wanted
 *   `jobs` is how many runs happen at the same time
 * @returns {Promise<{ runs: number, done: number, tests: number, seconds: number, failures: object[] }>} `done` counts
 *   runs that came to their end; it is smaller than `runs` after a failure or Ctrl-C
 */
export async function repeat({ runs, firstSeed, jobs, projects, keepGoing, isolate }) {
  const folder = mkdtempSync(join(tmpdir(), "kube-installer-flake-"));
  const stop = new AbortController();
  const onInterrupt = () => stop.abort();
  process.once("SIGINT", onInterrupt);
  const report = { runs, done: 0, tests: 0, seconds: 0, failures: [] };
  const started = performance.now();
  console.log(`flake: ${runs} runs of ${projects.join(", ")}, seeds ${firstSeed} to ${firstSeed + runs - 1}`);
  let begun = 0;
  const work = async () => {
    while (begun < runs && !stop.signal.aborted && (keepGoing || report.failures.length === 0)) {
      const seed = firstSeed + begun++;
      const result = await runOnce({ seed, projects, isolate, folder, signal: stop.signal });
      if (stop.signal.aborted) return;
      report.done += 1;
      report.tests += result.tests;
      report.failures.push(...result.failures);
      report.seconds = (performance.now() - started) / 1000;
      console.log(progressLine({ number: report.done, runs, seed, result, seconds: report.seconds }));
      for (const { test, message } of result.failures) console.log(`  ${test}: ${message}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, runs) }, work));
  } finally {
    process.off("SIGINT", onInterrupt);
    rmSync(folder, { recursive: true, force: true });
  }
  return report;
}

function progressLine({ number, runs, seed, result, seconds }) {
  const left = Math.round(((seconds / number) * (runs - number)) / 60);
  const outcome = result.failures.length === 0 ? "passed" : `${result.failures.length} FAILED`;
  return `run ${number} of ${runs}, seed ${seed}: ${result.tests} tests, ${outcome} (${result.seconds.toFixed(1)} s); about ${left} min left`;
}
