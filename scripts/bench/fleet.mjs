// How the installer's own costs grow with the number of nodes, over a simulated fleet in a process of its own.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { printRatio } from "./compare.mjs";
import { startFleetProcess } from "./fleet-process.mjs";
import { measureRun } from "./measure-run.mjs";

const sizes = (process.env.BENCH_FLEET_SIZES ?? "10,100,1000").split(",").map(Number);
const existing = Number(process.env.BENCH_FLEET_EXISTING ?? 200);
const MiB = 2 ** 20;

/** Milliseconds of its own processor time the program may take for a step. */
const stepBudget = 5;
const perStep = "ms a step";
/** Bytes of memory it may take at the most. */
const memoryBudget = 512 * MiB;
/** Steps that run at once, as the program has it unless told. */
const concurrency = 64;

export async function measureFleet() {
  let smaller;
  for (const nodes of sizes) {
    const larger = await measureInstall(nodes);
    if (smaller !== undefined) printFurtherSteps(smaller, larger);
    smaller = larger;
  }
  await measureOneMore(existing);
}

/** What a step costs apart from the start of the program, which weighs most with few nodes. */
function printFurtherSteps(smaller, larger) {
  printRatio({
    name: `from ${smaller.steps} to ${larger.steps} steps, own processor time of what came on top`,
    ours: (larger.cpu - smaller.cpu) / (larger.steps - smaller.steps),
    theirs: stepBudget,
    baseline: "budget",
    goal: 1,
    unit: perStep,
  });
}

async function measureInstall(nodes) {
  return withFleet(nodes, async ({ install }) => {
    const run = await install(`${nodes}.yaml`, nodes);
    const steps = Object.values(run.summary.counts).reduce((sum, count) => sum + count, 0);
    const path = run.summary.criticalPath.reduce((sum, { durationMs }) => sum + durationMs, 0);
    const name = `install on ${nodes} simulated nodes, ${steps} steps`;
    const time = { name, ours: run.wall, goal: 2 };
    const perfect = Math.max(path, run.stepMilliseconds / concurrency);
    printRatio({
      ...time,
      theirs: path,
      baseline: "its longest chain of steps",
      ...(perfect > path ? { goal: "no goal, the chain is not what counts here" } : {}),
    });
    printRatio({ ...time, theirs: perfect, baseline: `its steps by ${concurrency} workers that never wait in vain` });
    printRatio({
      name: `${name}, own processor time`,
      ours: run.cpu / steps,
      theirs: stepBudget,
      baseline: "budget",
      goal: 1,
      unit: perStep,
    });
    printRatio({
      name: `${name}, memory in MiB`,
      ours: run.memory / MiB,
      theirs: memoryBudget / MiB,
      baseline: "budget",
      goal: 1,
      unit: "MiB",
    });
    const again = await install(`${nodes}.yaml`, nodes);
    console.log(
      `install again on ${nodes}: ${again.summary.counts.changed} changes (goal: 0), ${(again.wall / 1000).toFixed(1)} s`,
    );
    return { steps, cpu: run.cpu };
  });
}

/** One worker more, named with --nodes: what happens on the others is counted by the fleet itself. */
async function measureOneMore(nodes) {
  const added = `w-${nodes}`;
  await withFleet(nodes + 1, async ({ install, state }) => {
    await install("before.yaml", nodes);
    const before = await state();
    await install("after.yaml", nodes + 1, "--nodes", added);
    const after = await state();
    const others = Array.from({ length: nodes - 1 }, (_, index) => `w-${index + 1}`);
    const more = (what) => others.reduce((sum, name) => sum + after[what][name] - before[what][name], 0);
    console.log(
      `one worker added to ${nodes}: ${more("counts")} commands and ${more("connections")} connections on ${others.length} others (goal: 0), ` +
        `${after.counts[added]} commands on the new one, ${after.counts["cp-1"] - before.counts["cp-1"]} on the control plane`,
    );
  });
}

async function withFleet(nodes, act) {
  const fleet = await startFleetProcess({ nodes, seed: 1 });
  const stateFolder = join(fleet.folder, "state");
  const install = async (name, count, ...args) => {
    const { path } = await fleet.ask({ ask: "preset", name, nodes: count });
    let stepMilliseconds = 0;
    const run = await measureRun(["install", "--preset", path, "--non-interactive", ...args], {
      env: { XDG_STATE_HOME: stateFolder },
      onLine: (line) => {
        if (line.includes('"step-finished"')) stepMilliseconds += JSON.parse(line).durationMs;
      },
    });
    if (run.exitCode !== 0)
      throw new Error(`the install on ${count} simulated nodes ended with ${run.exitCode}\n${run.told}`);
    return { ...run, stepMilliseconds };
  };
  try {
    const result = await act({ install, state: () => fleet.ask({ ask: "state" }) });
    const { unknownCommands } = await fleet.ask({ ask: "state" });
    if (unknownCommands.length > 0)
      throw new Error(`the fleet does not know: ${unknownCommands.slice(0, 5).join("; ")}`);
    return result;
  } finally {
    await fleet.stop();
    rmSync(stateFolder, { recursive: true, force: true });
  }
}
