// Bundles src/cli.ts into dist/: one entry, split into chunks so that each command loads only what it needs.
import { chmod, rm } from "node:fs/promises";
import { build } from "esbuild";
import { quickInk } from "./build/quick-ink.mjs";

const requireShim =
  'import { createRequire as __createRequire } from "node:module"; import { fileURLToPath as __toPath } from "node:url"; ' +
  'import { dirname as __toDir } from "node:path"; const require = __createRequire(import.meta.url); ' +
  "const __filename = __toPath(import.meta.url); const __dirname = __toDir(__filename);";

const outdir = process.argv[2] ?? "dist";
await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: { cli: "src/cli.ts" },
  outdir,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  minifySyntax: true,
  sourcemap: true,
  define: { "process.env.NODE_ENV": '"production"' },
  // Ink's developer tools are no part of the program.
  alias: { "react-devtools-core": "./scripts/build/no-devtools.mjs" },
  plugins: [quickInk],
  external: ["ssh2", "cpu-features", "*.node"],
  banner: { js: requireShim },
  chunkNames: "chunks/[name]-[hash]",
  logLevel: "warning",
});
await chmod(`${outdir}/cli.js`, 0o755);
