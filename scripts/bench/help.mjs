// How long `kube-installer --help` takes beside `node -e 0`, alternating so that both meet the same noise.
import { spawnSync } from "node:child_process";
import { median, printRatio } from "./compare.mjs";

const rounds = 25;

export function measureHelp() {
  const times = { help: [], node: [] };
  for (let round = 0; round < rounds; round++) {
    times.help.push(time(["dist/cli.js", "--help"]));
    times.node.push(time(["-e", "0"]));
  }
  printRatio({
    name: "--help",
    ours: median(times.help),
    theirs: median(times.node),
    baseline: "node -e 0",
    goal: 1.5,
  });
}

function time(args) {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}`);
  return performance.now() - started;
}
