// The run screen with a load, on the terminal it is started on: `run-load RESULTS NODES MILLISECONDS`.
import { writeFileSync } from "node:fs";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type { RunEvent } from "../../../src/engine/events.ts";
import { App } from "../../../src/ui/app/app.tsx";
import { startRun } from "../../../src/ui/run/start-run.ts";
import type { RunTools } from "../../../src/ui/services.ts";
import { show } from "../../../src/ui/terminal/terminal.ts";
import { appModel } from "../../../test/ui/app-model.ts";
import { watchFrames } from "./frames.ts";
import { createLoad, planOf, stepsPerNode } from "./load.ts";

const [results = "", nodeCount = "10", measuredMs = "10000"] = process.argv.slice(2);
const nodes = Array.from({ length: Number(nodeCount) }, (_, index) => `w-${String(index + 1).padStart(4, "0")}`);
const alone = 3000;
/** Estimates begin ten seconds after the run did. */
const warmUp = 11_000;
/** Nobody presses a key before it is over. */
const unattended = 8000;
const lagResolution = 10;

async function main(): Promise<void> {
  const nobody = createLoad(nodes, () => undefined, "alone");
  const idleCpu = await shareOfCore(() => nobody.play({ changesPerSecond: 10 }, alone));

  let tools: RunTools | undefined;
  const { model } = appModel({
    services: {
      stepHistory: async () => new Map(stepsPerNode.map((step) => [step, 5000])),
      run: (_, given) => {
        tools = given;
        return new Promise(() => undefined);
      },
    },
  });
  void startRun(model, { command: "install", cluster: "demo", presetFile: "demo.yaml" }, planOf(nodes));
  while (tools === undefined) await delay(10);
  const run = model.run.get();
  if (run === undefined) throw new Error("There is no run on the screen.");
  const frames = watchFrames(run.model, process);
  show(<App model={model} appearance={{ colour: true, unicode: true, screenReader: false }} />, process);

  const emit = (event: RunEvent): void => tools?.emit(event);
  const load = createLoad(nodes, emit, "warming up");
  await load.play({ changesPerSecond: 1 }, warmUp);
  const unattendedCpu = await shareOfCore(() => load.play({ changesPerSecond: 10 }, unattended));
  load.say("measured");
  const lag = monitorEventLoopDelay({ resolution: lagResolution });
  lag.enable();
  frames.start();
  const cpu = await shareOfCore(() => load.play({ changesPerSecond: 10 }, Number(measuredMs)));
  lag.disable();
  const late = (percentile: number): number => Math.max(0, lag.percentile(percentile) / 1e6 - lagResolution);
  const measured = {
    ...{ cpu, idleCpu, unattendedCpu, frames: frames.wall, frameCpu: frames.cpu },
    lag: { p50: late(50), p99: late(99) },
    memory: process.memoryUsage.rss(),
  };
  writeFileSync(results, JSON.stringify(measured));
  process.exit(0);
}

/** Processor time of the whole process in percent of the time that passed. */
async function shareOfCore(act: () => Promise<void>): Promise<number> {
  const [before, started] = [process.cpuUsage(), performance.now()];
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 10 / (performance.now() - started);
}

await main();
