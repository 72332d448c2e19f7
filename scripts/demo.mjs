// npm run demo: from nothing to a real Kubernetes cluster on real throw-away nodes on this machine.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { build } from "./setup/build.mjs";
import { ensureDebianPackages } from "./setup/debian-packages.mjs";
import { hostPackages } from "./setup/host-packages.mjs";
import { ensureNodePackages, requireNode } from "./setup/node-packages.mjs";

const name = "demo";
const started = Date.now();

requireNode();
if (process.getuid?.() !== 0) {
  console.error("The demo makes real nodes out of containers, so it needs root: sudo npm run demo");
  process.exit(2);
}
ensureNodePackages();
await ensureDebianPackages(hostPackages(["lab"]));
build();

const stateHome = process.env.XDG_STATE_HOME;
const folder = join(stateHome && isAbsolute(stateHome) ? stateHome : join(homedir(), ".local/state"), "kube-installer");
mkdirSync(folder, { recursive: true, mode: 0o700 });
const preset = join(folder, `${name}.yaml`);

kubeInstaller("lab", "down", "--name", name);
kubeInstaller("lab", "up", "--name", name, "--nodes", "2", "--preset-out", preset);
kubeInstaller("install", "--preset", preset, "--non-interactive");
const seconds = Math.round((Date.now() - started) / 1000);
console.log(`
The demo took ${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s, from an empty machine to the cluster above.
  look inside a node   node dist/cli.js lab exec cp-1 --name ${name} -- kubectl --kubeconfig /etc/kubernetes/admin.conf get pods -A
  break something      node dist/cli.js lab fault w-1 power-off --name ${name}
  take it away         node dist/cli.js lab down --name ${name}`);

function kubeInstaller(...args) {
  console.log(`\n$ kube-installer ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, ["dist/cli.js", ...args], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
