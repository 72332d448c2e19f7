// Installs missing Debian packages, saying what and why, after asking when a person is there.
import { spawnSync } from "node:child_process";
import { createInterface } from "node:readline/promises";

/**
 * @param {Record<string, string>} packages name → what it is needed for
 */
export async function ensureDebianPackages(packages) {
  const missing = Object.keys(packages).filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  console.log("setup: these Debian packages are missing:");
  for (const name of missing) console.log(`  ${name.padEnd(44)} ${packages[name]}`);
  const command = ["apt-get", "install", "-y", "--no-install-recommends", ...missing];
  if (process.getuid() !== 0) fail(`run as root: ${command.join(" ")}`);
  if (!(await agrees())) fail("nothing was installed; the packages above are needed.");
  apt(["apt-get", "-qq", "update"], { mayFail: true });
  apt(command);
}

function isInstalled(name) {
  const { stdout } = spawnSync("dpkg-query", ["-W", "-f", `\${db:Status-Abbrev}`, name], { encoding: "utf8" });
  return stdout?.startsWith("ii") === true;
}

async function agrees() {
  const ci = process.env.CI ?? "";
  if (!process.stdin.isTTY || (ci !== "" && ci !== "0" && ci !== "false")) return true;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question("setup: install them now with apt-get? [Y/n] ");
  prompt.close();
  return /^(y|yes|)$/i.test(answer.trim());
}

/** A package list that cannot be refreshed is no obstacle as long as the packages themselves can be had. */
function apt([command, ...args], { mayFail = false } = {}) {
  console.log(`setup: ${[command, ...args].join(" ")}`);
  const { status } = spawnSync(command, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (status !== 0 && !mayFail) fail(`${command} failed; see its message above, then run this command again.`);
}

function fail(message) {
  console.error(`setup: ${message}`);
  process.exit(1);
}
