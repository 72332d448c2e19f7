import { createInterface } from "node:readline";
import { recordRun } from "../../../src/report/record-run.ts";

/**
 * Records a run of many steps as fast as it can, for being killed: says which record it is, then each step once it is
 * recorded that the step begins.
 */
const run = await recordRun({
  cluster: "killed",
  command: "install",
  programVersion: "1.2.3",
  inform: (line) => process.stderr.write(`${line}\n`),
});
const say = (line: string) => new Promise((resolve) => process.stdout.write(`${line}\n`, resolve));
await say(run.folder);
run.emit({ type: "run-started", steps: 1_000_000, nodes: ["w-1"], dryRun: false });
createInterface(process.stdin).once("close", () => process.exit(0));
for (let count = 0; ; count++) {
  const place = { step: `step.${count}`, title: "x".repeat((count * 997) % 30_000), node: "w-1" };
  run.emit({ type: "step-started", ...place });
  await say(place.step);
  run.emit({ type: "step-output", ...place, line: "working" });
  run.emit({ type: "step-finished", ...place, outcome: "changed", message: "done", durationMs: count });
}
