// Builds dist/ in a process of its own, so that a freshly installed esbuild is found.
import { spawnSync } from "node:child_process";

export function build() {
  const { status } = spawnSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
  if (status !== 0) process.exit(1);
}
