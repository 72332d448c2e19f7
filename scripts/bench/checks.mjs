// How long 30 satisfied checks on 5 nodes take, with login, beside one ssh session per node that runs them as a script.
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { median, printRatio } from "./compare.mjs";

const rounds = 7;
const nodes = 5;
const checks = 30;

export async function measureChecks() {
  const parts = await loadSources();
  const server = await parts.startSshServer();
  const commands = Array.from({ length: checks }, (_, index) => parts.sh`grep -q root /etc/passwd && echo ${index}`);
  const times = { ours: [], script: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      times.ours.push(await time(() => checkAll(parts, server, commands)));
      times.script.push(await time(() => allByScript(server, commands.map(({ text }) => text).join("\n"))));
    }
  } finally {
    await server.stop();
  }
  printRatio({
    name: `${checks} satisfied checks on ${nodes} nodes`,
    ours: median(times.ours),
    theirs: median(times.script),
    baseline: "one ssh session per node with a script",
    goal: 2,
  });
}

async function checkAll({ createConnector, connectAll, closeAll }, server, commands) {
  const signal = AbortSignal.timeout(120_000);
  const connector = createConnector({ knownHostsFile: join(server.directory, "known_hosts") });
  const ssh = {
    address: "127.0.0.1",
    port: server.port,
    user: "root",
    keyFile: server.clientKey,
    hostKeys: "accept-new",
  };
  const machines = Array.from({ length: nodes }, (_, index) => ({ name: `node-${index}`, ssh }));
  const { hosts, failures } = await connectAll(connector, machines, { signal });
  if (failures.length > 0) throw failures[0];
  const onOne = async (host) => {
    for (const command of commands) await host.read(command, { signal });
  };
  await Promise.all([...hosts.values()].map(onOne));
  await closeAll(hosts.values());
  await connector.close();
}

function allByScript({ port, clientKey }, script) {
  const options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR"];
  const args = ["-i", clientKey, "-p", String(port), ...options.flatMap((option) => ["-o", option])];
  const one = () =>
    new Promise((done, failed) => {
      const ssh = spawn("ssh", [...args, "root@127.0.0.1", "sh -es"], { stdio: ["pipe", "ignore", "inherit"] });
      ssh.on("exit", (code) => (code === 0 ? done() : failed(new Error(`ssh ended with ${code}`))));
      ssh.stdin.end(script);
    });
  return Promise.all(Array.from({ length: nodes }, one));
}

async function time(act) {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

/** The parts of the program under test, and the server of its tests, bundled for plain Node.js. */
async function loadSources() {
  const outfile = resolve("node_modules/.bench/checks.mjs");
  const contents = [
    'export { closeAll, connectAll } from "./src/ssh/connect-all.ts";',
    'export { createConnector } from "./src/ssh/connector.ts";',
    'export { sh } from "./src/ssh/shell.ts";',
    'export { startSshServer } from "./test/integration/ssh/ssh-server.ts";',
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
