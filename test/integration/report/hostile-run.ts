// A run of one step on a real SSH server whose command prints what the arguments say; bundled and started by the test, so
// that its memory is that of a whole process. Every form of output goes to a file of its own; at the end it prints the most
// memory it had, in KiB.
import { openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { openSession, presetFrom } from "../../../src/cli/cluster-session.ts";
import { defaultLimits } from "../../../src/engine/limits.ts";
import { buildPlan } from "../../../src/engine/plan.ts";
import { runPlan } from "../../../src/engine/run.ts";
import { missing } from "../../../src/engine/step.ts";
import { seconds } from "../../../src/engine/time.ts";
import type { ClusterWish } from "../../../src/preset/cluster-spec.ts";
import { linesForPlace } from "../../../src/report/lines-for-place.ts";
import { ndjsonLines } from "../../../src/report/ndjson-lines.ts";
import { recordRun } from "../../../src/report/record-run.ts";
import { sh } from "../../../src/ssh/shell.ts";
import { step } from "../../../src/steps/context.ts";
import { contextsFor } from "../../../src/steps/contexts.ts";

/** Presets do not take the loopback address, where the server of the test is. */
function onLoopback(spec: ClusterWish): ClusterWish {
  if (spec.topology.kind !== "static") return spec;
  const address = "127.0.0.1";
  const nodes = spec.topology.nodes.map((node) => ({ ...node, address, ssh: { ...node.ssh, address } }));
  return { ...spec, topology: { ...spec.topology, nodes } };
}

const [preset, folder = ".", script = "true"] = process.argv.slice(2);
const writeTo = (name: string) => {
  const file = openSync(join(folder, name), "w");
  return (line: string) => void writeSync(file, `${line}\n`);
};
const print = (line: string) => void process.stdout.write(`${line}\n`);
const { signal } = new AbortController();
const context = { signal, stop: signal, interactive: false, limits: defaultLimits, print, inform: () => {} };

const hostile = step({
  id: "test.hostile",
  title: "Print",
  on: "node",
  deadline: seconds(8),
  check: async () => missing("not printed yet"),
  apply: async ({ node }) => {
    await node.change("print", sh`sh -c ${script}`);
  },
});

const session = await openSession(onLoopback(await presetFrom(preset, context)), context);
const record = await recordRun({ cluster: "hostile", command: "test", programVersion: "0", inform: () => {} });
const github = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: join(folder, "summary") };
const reporters = [
  record,
  linesForPlace({ write: writeTo("plain"), verbose: true, env: {} }),
  linesForPlace({ write: writeTo("github"), verbose: true, env: github }),
  ndjsonLines(writeTo("ndjson"), "0"),
];
await runPlan({
  plan: buildPlan(session.nodes.map(({ machine }) => ({ node: machine.name, steps: [hostile] }))),
  contextFor: contextsFor(session),
  canLose: () => false,
  dryRun: false,
  concurrency: 1,
  signal,
  emit: (event) => {
    for (const reporter of reporters) reporter.emit(event);
  },
});
for (const reporter of reporters) reporter.end();
await session.close();
print(String(process.resourceUsage().maxRSS));
