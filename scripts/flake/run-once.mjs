// One run of the suites in the order a seed gives.
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";

/** A run that takes longer hangs. */
const patience = 30 * 60_000;

/**
 * The arguments of vitest for one order of one project. Unless isolated, all files a worker runs share its modules and
 * globals, so that one that leaves something behind breaks another: then the order matters most.
 */
export function vitestArguments({ seed, project, workers, isolate }) {
  return [
    "run",
    `--project=${project}`,
    ...(isolate ? [] : ["--no-isolate"]),
    `--maxWorkers=${workers}`,
    "--sequence.shuffle",
    `--sequence.seed=${seed}`,
  ];
}

/**
 * One run of each project, all at the same time and each with processes of its own: a worker that takes files of two projects in
 * turns begins anew with every change, which costs more than the tests.
 * @returns {Promise<{ tests: number, seconds: number, failures: { test: string, seed: number, message: string, command: string }[] }>}
 */
export async function runOnce({ seed, projects, isolate, folder, signal }) {
  const started = performance.now();
  const workers = Math.max(1, Math.floor(availableParallelism() / projects.length));
  const results = await Promise.all(
    projects.map((project) => runProject({ seed, project, workers, isolate, folder, signal })),
  );
  return {
    tests: results.reduce((sum, { tests }) => sum + tests, 0),
    seconds: (performance.now() - started) / 1000,
    failures: results.flatMap(({ failures }) => failures),
  };
}

async function runProject({ seed, project, workers, isolate, folder, signal }) {
  const file = join(folder, `${seed}-${project}.json`);
  const args = vitestArguments({ seed, project, workers, isolate });
  const command = `npx vitest ${args.join(" ")}`;
  const ended = await vitest([...args, "--reporter=json", `--outputFile=${file}`], signal);
  const report = readReport(file);
  rmSync(file, { force: true });
  const failures = report.failed.map((failed) => ({ ...failed, seed, command }));
  if (ended.code !== 0 && failures.length === 0) {
    failures.push({ test: `(the run of ${project} itself)`, message: ended.why, seed, command });
  }
  return { tests: report.tests, failures };
}

function readReport(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, "utf8"));
  } catch (thrown) {
    if (thrown.code !== "ENOENT" && !(thrown instanceof SyntaxError)) throw thrown;
    return { tests: 0, failed: [] };
  }
  const failed = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const path = relative(process.cwd(), name);
    const tests = assertionResults.filter((result) => result.status === "failed");
    if (tests.length === 0) return status === "failed" ? [{ test: path, message: firstLine(message) }] : [];
    return tests.map(({ fullName, failureMessages }) => ({
      test: `${path} > ${fullName}`,
      message: firstLine(failureMessages[0]),
      details: detailsOf(failureMessages[0]),
    }));
  });
  return { tests: report.numTotalTests, failed };
}

/** What else is said of a failure: where it happened, and for a property the seed and the value that broke it. */
function detailsOf(text = "") {
  return text.split("\n").slice(1, 25).join("\n").slice(0, 4000);
}

function firstLine(text = "") {
  return text.split("\n", 1)[0] ?? "";
}

/** Runs vitest with a process group of its own, so that one that hangs ends with all its workers. */
function vitest(args, signal) {
  const child = spawn("node_modules/.bin/vitest", args, { stdio: ["ignore", "ignore", "pipe"], detached: true });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk) => {
    said = (said + chunk).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    let why;
    const end = (reason) => {
      why = reason;
      process.kill(-child.pid, "SIGKILL");
    };
    const onAbort = () => end("interrupted");
    const late = setTimeout(() => end(`did not end within ${patience / 60_000} min`), patience);
    signal.addEventListener("abort", onAbort, { once: true });
    child.once("error", reject);
    child.once("close", (code, ending) => {
      clearTimeout(late);
      signal.removeEventListener("abort", onAbort);
      resolve({ code, why: why ?? `ended with ${code ?? ending}: ${said.trim().split("\n").slice(-3).join(" | ")}` });
    });
  });
}
