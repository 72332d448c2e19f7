// The run screen on a pseudo-terminal while nodes change and talk: what a key, a frame and a second cost.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { build } from "esbuild";
import { quickInk } from "../../build/quick-ink.mjs";
import { onTerminal } from "./pseudo-terminal.mjs";

const size = { columns: 120, rows: 40 };
const budgets = { cpu: 10, frame: 16, key: 50 };
/** For how long the child measures, and for how much of it keys are pressed. */
const measuredMs = 14_000;
const pressedMs = 12_000;
const echo =
  'process.stdin.setRawMode(true).on("data", () => process.stdout.write("heard")); process.stdout.write("up")';

export async function measureRunScreen(nodes) {
  const folder = await mkdtemp(join(tmpdir(), "kube-installer-bench-"));
  const results = join(folder, "results.json");
  const screen = await onTerminal([await bundle(), results, String(nodes), String(measuredMs)], size);
  const bare = await onTerminal(["-e", echo], size);
  try {
    await bare.shows((text) => text.includes("up"));
    await screen.shows((text) => text.includes("measured"));
    const keys = await pressKeys(screen, bare, nodes);
    await screen.ended;
    print(nodes, { ...JSON.parse(await readFile(results, "utf8")), keys });
  } finally {
    await screen.close();
    await bare.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Walks down and up the list of nodes; the title of the log tells that a key has taken effect. */
async function pressKeys(screen, bare, nodes) {
  const times = { screen: [], bare: [] };
  const furthest = Math.min(nodes, 30) - 1;
  const end = performance.now() + pressedMs;
  let at = 0;
  let by = 1;
  for (let count = 0; performance.now() < end; count++) {
    await delay(60 + ((count * 37) % 90));
    times.bare.push(await press(bare, "x", "heard"));
    if (at + by < 0 || at + by > furthest) by = -by;
    at += by;
    const name = `w-${String(at + 1).padStart(4, "0")}`;
    times.screen.push(await press(screen, by > 0 ? "\u001B[B" : "\u001B[A", `Log of ${name} `));
  }
  return times;
}

async function press(terminal, key, effect) {
  terminal.forget();
  const pressed = performance.now();
  terminal.type(key);
  return (await terminal.shows((text) => text.includes(effect))) - pressed;
}

function print(nodes, { cpu, idleCpu, unattendedCpu, frames, frameCpu, lag, memory, keys }) {
  const name = `run screen, ${nodes} nodes`;
  const share = (whole) => `${(whole - idleCpu).toFixed(1)} %`;
  console.log(
    `${name}: ${share(unattendedCpu)} of one core (budget: ${budgets.cpu} %), ${share(cpu)} while ten keys a second are pressed, beside ${idleCpu.toFixed(1)} % for the events alone`,
  );
  console.log(
    `${name}: frame ${quantiles(frames)}, of processor time ${quantiles(frameCpu)} (budget: p99 ${budgets.frame} ms)`,
  );
  console.log(
    `${name}: key to frame ${quantiles(keys.screen)} (budget: p95 ${budgets.key} ms), key to bare echo ${quantiles(keys.bare)}`,
  );
  console.log(
    `${name}: event loop late by p50 ${lag.p50.toFixed(1)} ms, p99 ${lag.p99.toFixed(1)} ms; memory ${(memory / 2 ** 20).toFixed(0)} MiB`,
  );
}

function quantiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) =>
    (sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms of ${sorted.length}`;
}

/** The screen and its load as one program, made like the one people use. */
async function bundle() {
  const outfile = resolve("node_modules/.bench/run-load.mjs");
  await build({
    entryPoints: ["scripts/bench/ui/run-load.tsx"],
    outfile,
    ...{ bundle: true, format: "esm", platform: "node", target: "node20.19", jsx: "automatic", minifySyntax: true },
    define: { "process.env.NODE_ENV": '"production"' },
    alias: { "react-devtools-core": "./scripts/build/no-devtools.mjs" },
    plugins: [quickInk],
    external: ["ssh2", "cpu-features", "*.node"],
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
  return outfile;
}
