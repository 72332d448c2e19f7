// npm run chaos -- --target lab|fleet [OPTION…]: breaks installs in every way one can think of and judges what comes of it.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureDebianPackages } from "./setup/debian-packages.mjs";
import { hostPackages } from "./setup/host-packages.mjs";
import { ensureNodePackages, requireNode } from "./setup/node-packages.mjs";

/** What each target is and needs; its work is `run(args)` of scripts/chaos/TARGET.ts, which gives the exit code. */
const targets = {
  lab: { what: "real nodes on this machine", packages: ["lab"], needsProgram: true },
  fleet: { what: "hundreds of simulated nodes", packages: [], needsProgram: false },
};

const { target, rest } = targetOf(process.argv.slice(2));
const wanted = targets[target];
if (wanted === undefined) {
  const known = Object.entries(targets).map(([name, { what }]) => `  --target ${name.padEnd(8)}${what}`);
  console.error(
    `${["usage: npm run chaos -- --target TARGET [OPTION…]", ...known].join("\n")}\n  --help           after a target: its options`,
  );
  process.exit(2);
}
requireNode();
ensureNodePackages();
if (!rest.includes("--help")) {
  await ensureDebianPackages(hostPackages(wanted.packages));
  if (wanted.needsProgram && process.env.KUBE_INSTALLER_PROGRAM === undefined) {
    (await import("./setup/build.mjs")).build();
  }
}
const { run } = await bundled(target);
process.exitCode = await run(rest);

function targetOf(args) {
  const index = args.findIndex((arg) => arg === "--target" || arg.startsWith("--target="));
  if (index < 0) return { target: "", rest: args };
  const inOne = args[index].startsWith("--target=");
  const name = inOne ? args[index].slice("--target=".length) : args[index + 1];
  return { target: Object.hasOwn(targets, name ?? "") ? name : "", rest: args.toSpliced(index, inOne ? 1 : 2) };
}

/** The target's sources, two folders below the project as those of the tests they share. */
async function bundled(name) {
  const { build } = await import("esbuild");
  const outfile = resolve(`node_modules/.chaos/${name}.mjs`);
  await build({
    entryPoints: [`scripts/chaos/${name}.ts`],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    sourcemap: "inline",
  });
  return import(pathToFileURL(outfile).href);
}
