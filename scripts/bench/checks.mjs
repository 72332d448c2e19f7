// How long 30 satisfied checks on 5 lab nodes take, with login, beside one ssh session per node that runs them as a script
// and beside an Ansible playbook with the same 30 commands.
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { load } from "js-yaml";
import { preparePlaybook } from "./checks/ansible.mjs";
import { checksByScript } from "./checks/script.mjs";
import { median, printRatio } from "./compare.mjs";

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const nodeCount = 5;
const checkCount = 30;
const lab = "bench-checks";
const program = process.env.KUBE_INSTALLER_PROGRAM ?? "dist/cli.js";

export async function measureChecks() {
  const folder = mkdtempSync(join(tmpdir(), "kube-installer-bench-"));
  const tidy = () => {
    kubeInstaller("lab", "down", "--name", lab);
    rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = () => {
    tidy();
    process.exit(130);
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    const machines = await startLab(folder);
    const parts = await loadSources();
    const commands = Array.from(
      { length: checkCount },
      (_, index) => parts.sh`grep -q root /etc/passwd && echo ${index}`,
    );
    const texts = commands.map(({ text }) => text);
    const playbook = preparePlaybook({ folder, machines, commands: texts });
    const times = { ours: [], script: [], ansible: [] };
    for (let round = 0; round < rounds; round++) {
      times.ours.push(await time(() => checkAll(parts, folder, machines, commands)));
      times.script.push(await time(() => checksByScript(machines, texts)));
      times.ansible.push(await time(() => playbook()));
    }
    report(times);
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    tidy();
  }
}

function report(times) {
  const ours = median(times.ours);
  const name = `${checkCount} satisfied checks on ${nodeCount} lab nodes`;
  const baseline = "one ssh session per node with a script";
  printRatio({ name, ours, theirs: median(times.script), baseline, goal: 2 });
  const ansible = median(times.ansible);
  console.log(
    `the same as an Ansible playbook: ${ansible.toFixed(0)} ms, ${(ansible / ours).toFixed(1)} times ours (goal: at least 15)`,
  );
}

/** The nodes with the way to log in, each with Python, which Ansible needs. */
async function startLab(folder) {
  const preset = join(folder, "preset.yaml");
  kubeInstaller("lab", "down", "--name", lab);
  kubeInstaller("lab", "up", "--name", lab, "--nodes", String(nodeCount), "--preset-out", preset);
  const { nodes, ssh } = load(readFileSync(preset, "utf8")).spec.topology.static;
  const packages = "apt-get -qq update && apt-get -qq install -y --no-install-recommends python3 >/dev/null 2>&1";
  const install = ({ name }) =>
    promisify(execFile)(process.execPath, [program, "lab", "exec", name, "--name", lab, "--", "sh", "-c", packages]);
  await Promise.all(nodes.map(install));
  return nodes.map(({ name, address, ssh: { hostKeyFingerprints } }) => ({
    name,
    ssh: { address, port: ssh.port, user: ssh.user, keyFile: ssh.keyFile, hostKeyFingerprints },
  }));
}

async function checkAll({ createConnector, connectAll, closeAll }, folder, machines, commands) {
  const signal = AbortSignal.timeout(120_000);
  const connector = createConnector({ knownHostsFile: join(folder, "known_hosts") });
  const { hosts, failures } = await connectAll(connector, machines, { signal });
  if (failures.length > 0) throw failures[0];
  const onOne = async (host) => {
    for (const command of commands) await host.read(command, { signal });
  };
  await Promise.all([...hosts.values()].map(onOne));
  await closeAll(hosts.values());
  await connector.close();
}

async function time(act) {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

function kubeInstaller(...args) {
  const { status } = spawnSync(process.execPath, [program, ...args], { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`kube-installer ${args.join(" ")} ended with ${status}`);
}

/** The parts of the program under test, bundled for plain Node.js. */
async function loadSources() {
  const outfile = resolve("node_modules/.bench/checks.mjs");
  const contents = [
    'export { closeAll, connectAll } from "./src/ssh/connect-all.ts";',
    'export { createConnector } from "./src/ssh/connector.ts";',
    'export { sh } from "./src/ssh/shell.ts";',
  ].join("\n");
  await build({
    stdin: { contents, resolveDir: process.cwd() },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
  });
  return import(pathToFileURL(outfile).href);
}
