// How long an install takes beside a hand-written parallel shell script that does the same work on equally fresh nodes.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { median, printRatio } from "./compare.mjs";

const rounds = Number(process.env.BENCH_ROUNDS ?? 2);
const lab = "bench";

export function measureInstall() {
  const folder = mkdtempSync(join(tmpdir(), "kube-installer-bench-"));
  const preset = join(folder, "preset.yaml");
  const times = { installer: [], script: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      onFreshNodes(preset, () => times.installer.push(time(...installer(preset))));
      onFreshNodes(preset, () => times.script.push(time(...byHand(preset))));
    }
  } finally {
    kubeInstaller("lab", "down", "--name", lab);
    rmSync(folder, { recursive: true, force: true });
  }
  printRatio({
    name: "install on 2 lab nodes",
    ours: median(times.installer),
    theirs: median(times.script),
    baseline: "the same by a shell script",
    goal: 1.15,
    unit: "s",
  });
}

function onFreshNodes(preset, measure) {
  kubeInstaller("lab", "down", "--name", lab);
  kubeInstaller("lab", "up", "--name", lab, "--nodes", "2", "--preset-out", preset);
  measure();
}

function installer(preset) {
  return [process.execPath, ["dist/cli.js", "install", "--preset", preset, "--non-interactive"]];
}

function byHand(preset) {
  const { spec } = load(readFileSync(preset, "utf8"));
  const { nodes, ssh } = spec.topology.static;
  const addresses = nodes.map(({ name, address }) => `${name}=${address}`);
  const bundle = spec.kubernetes.source.bundle.path;
  return ["bash", ["scripts/bench/install-by-hand.sh", bundle, ssh.keyFile, ...addresses]];
}

function kubeInstaller(...args) {
  run(process.execPath, ["dist/cli.js", ...args]);
}

function time(command, args) {
  const started = performance.now();
  run(command, args);
  return (performance.now() - started) / 1000;
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${status}`);
}
