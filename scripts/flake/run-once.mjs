// One run of the suites in the order a seed gives.
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";

/** A run that takes longer hangs. */
const patience = 30 * 60_000;

/**
 * The arguments of vitest for one order. Unless isolated, all files a worker runs share its modules and globals, so
 * that one that leaves something behind breaks another: then the order matters most.
 */
export function vitestArguments({ seed, projects, isolate }) {
  return [
    "run",
    ...projects.flatMap((name) => ["--project", name]),
    ...(isolate ? [] : ["--no-isolate"]),
    `--maxWorkers=${availableParallelism()}`,
    "--sequence.shuffle",
    `--sequence.seed=${seed}`,
  ];
}

/** @returns {Promise<{ tests: number, seconds: number, failures: { test: string, seed: number, message: string, command: string }[] }>} */
export async function runOnce({ seed, projects, isolate, folder, signal }) {
  const file = join(folder, "report.json");
  rmSync(file, { force: true });
  const args = vitestArguments({ seed, projects, isolate });
  const command = `npx vitest ${args.join(" ")}`;
  const started = performance.now();
  const ended = await vitest([...args, "--reporter=json", `--outputFile=${file}`], signal);
  const seconds = (performance.now() - started) / 1000;
  const report = readReport(file);
  const failures = report.failed.map((failed) => ({ ...failed, seed, command }));
  if (ended.code !== 0 && failures.length === 0) {
    failures.push({ test: "(the run itself)", message: ended.why, seed, command });
  }
  return { tests: report.tests, seconds, failures };
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
    }));
  });
  return { tests: report.numTotalTests, failed };
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
