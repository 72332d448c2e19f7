// The simulated fleet of test/fleet in a process of its own, so that the installer's time and memory are its own.
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";

/** Starts the fleet; `ask` sends it a request and gives the answer, `stop` ends it. */
export async function startFleetProcess(options) {
  const outfile = resolve("node_modules/.bench/fleet.mjs");
  await build({
    entryPoints: ["test/fleet/serve.ts"],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    logLevel: "warning",
  });
  const child = spawn(process.execPath, ["--enable-source-maps", outfile], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.done(JSON.parse(line)));
  const ended = new Promise((done) => child.once("exit", done));
  ended.then((code) => {
    for (const { failed } of waiting.splice(0)) failed(new Error(`the fleet ended with ${code}`));
  });
  const ask = (request) =>
    new Promise((done, failed) => {
      waiting.push({ done, failed });
      child.stdin.write(`${JSON.stringify(request)}\n`);
    });
  const { folder } = await ask({ ask: "start", options });
  return {
    folder,
    ask,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
