// node scripts/docs.mjs: writes the files and parts of pages that are made from the code. A unit test fails when one is old.
import { mkdir, rm } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const folder = "node_modules/.cache/kube-installer";
const compiled = `${folder}/docs-${process.pid}.mjs`;
await mkdir(folder, { recursive: true });
try {
  await build({
    entryPoints: ["scripts/docs/generated.ts"],
    outfile: compiled,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    logLevel: "warning",
  });
  const { generated, write } = await import(pathToFileURL(compiled).href);
  for (const entry of generated) console.log(`${(await write(entry)) ? "written" : "current"}  ${entry.file}`);
} finally {
  await rm(compiled, { force: true });
}
