// npm run tour: draws the pictures of docs/tour.md from the running program. A test fails when one is old.
import { mkdir, readFile, rm } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

// Ink reads these when it is loaded.
process.env.FORCE_COLOR = "3";
process.env.COLORTERM = "truecolor";
process.env.NODE_ENV = "production";
delete process.env.CI;
const folder = "node_modules/.cache/kube-installer";
const { dependencies } = JSON.parse(await readFile("package.json", "utf8"));
const compiled = `${folder}/tour-${process.pid}.mjs`;
await mkdir(folder, { recursive: true });
try {
  await build({
    entryPoints: ["scripts/tour/pictures.ts"],
    outfile: compiled,
    bundle: true,
    format: "esm",
    platform: "node",
    external: Object.keys(dependencies),
    jsx: "automatic",
    logLevel: "warning",
  });
  const { drawTour } = await import(pathToFileURL(compiled).href);
  await drawTour(console.log);
} finally {
  await rm(compiled, { force: true });
}
process.exit();
