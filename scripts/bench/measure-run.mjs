// Runs the built program and measures what it needs by itself: time, processor time and memory of its own process.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const meter = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS * 1024 }));
  });
`)}`;

/**
 * Gives the last line of its NDJSON output (the summary), milliseconds of wall and processor time, and bytes of memory at
 * the most. The processor time is that of the Node.js process with all its threads, without its children.
 */
export async function measureRun(args, { env = {}, nodeArgs = [], onLine = () => {} } = {}) {
  const started = performance.now();
  const program = process.env.KUBE_INSTALLER_PROGRAM ?? "dist/cli.js";
  const child = spawn(process.execPath, [...nodeArgs, "--import", meter, program, ...args, "--output", "ndjson"], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: { ...process.env, CI: "true", ...env },
  });
  let last = "";
  let told = "";
  let metered = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    last = line;
    onLine(line);
  });
  child.stderr.on("data", (chunk) => {
    told = (told + chunk).slice(-20_000);
  });
  child.stdio[3].on("data", (chunk) => {
    metered += chunk;
  });
  const exitCode = await new Promise((done) => child.once("close", done));
  const wall = performance.now() - started;
  return { exitCode, wall, told, ...JSON.parse(metered), summary: JSON.parse(last) };
}
