// Installs the npm packages of package-lock.json when node_modules does not match it.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const oldest = [20, 19];

/** Ends with a clear sentence when this Node.js is too old for the project. */
export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  console.error(`kube-installer needs Node.js ${oldest.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(2);
}

export function ensureNodePackages() {
  if (matchesLockFile()) return;
  console.log("setup: installing the npm packages of package-lock.json (npm ci)");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { stdio: "inherit" });
  if (status !== 0) {
    console.error("setup: npm ci failed; see its message above, then run this command again.");
    process.exit(1);
  }
}

/** npm writes node_modules/.package-lock.json last; every package in it has the version the lock file wants. */
function matchesLockFile() {
  if (!existsSync("node_modules/.package-lock.json")) return false;
  const read = (path) => JSON.parse(readFileSync(path, "utf8")).packages;
  const [wanted, present] = [read("package-lock.json"), read("node_modules/.package-lock.json")];
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional || present[path]?.version === version,
  );
}
