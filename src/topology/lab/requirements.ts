import { readFile, writeFile } from "node:fs/promises";
import { release } from "node:os";
import { InstallerError } from "../../engine/errors.ts";
import { runLocal } from "../../engine/local-command.ts";
import { minutes } from "../../engine/time.ts";
import hostPackages from "./host-packages.json" with { type: "json" };
import { type HostProblem, hostProblems, isPresent } from "./host-problems.ts";
import type { LabWork, Progress } from "./progress.ts";

/** Watches the nodes' systemds share; with the kernel's 128 the eighth node has none left. */
const leastInotifyInstances = 1024;

/** Kernel modules nodes count on; a node itself may not load any. */
const modules = [
  "overlay",
  "br_netfilter",
  "nf_conntrack",
  "ip_tables",
  "iptable_nat",
  "iptable_filter",
  "vxlan",
  "veth",
  "bridge",
  "loop",
  "tun",
];

/**
 * Makes sure that this machine can carry a lab, naming everything it lacks at once.
 * @throws InstallerError `preflight-failed`
 */
export async function requireLabHost(work: LabWork & { readonly installPackages: boolean }): Promise<void> {
  requireRoot();
  const missing = await missingPackages(work.signal);
  if (missing.length > 0 && work.installPackages) await installPackages(missing, work);
  const problems = [
    ...(missing.length === 0 || work.installPackages ? [] : [packageProblem(missing)]),
    ...(await hostProblems(work.signal)),
  ];
  if (problems.length > 0) {
    throw new InstallerError("preflight-failed", {
      message: ["This machine cannot carry a lab yet:", ...problems.map(({ message }) => `  ${message}`)].join("\n"),
      nextSteps: problems.map(({ step }) => step),
    });
  }
  await raiseInotifyLimit(work.progress);
  await loadModules(work.signal);
}

/** @throws InstallerError `preflight-failed` for anybody but root */
export function requireRoot(): void {
  if (process.getuid?.() === 0) return;
  throw new InstallerError("preflight-failed", {
    message: "A lab makes namespaces, mounts and bridges, so it needs root.",
    nextSteps: ["run the same command with `sudo`"],
  });
}

async function missingPackages(signal: AbortSignal): Promise<string[]> {
  const names = Object.keys(hostPackages);
  const { stdout } = await runLocal("dpkg-query", ["--status", ...names], { signal, allow: [1] });
  const stanzas = stdout.split(/\n(?=Package: )/).filter((stanza) => /^Status: .* installed$/m.test(stanza));
  const installed = new Set(stanzas.map((stanza) => /^Package: (.*)$/m.exec(stanza)?.[1]));
  return names.filter((name) => !installed.has(name));
}

function packageProblem(missing: readonly string[]): HostProblem {
  const purposes: Readonly<Record<string, string>> = hostPackages;
  return {
    message: `Debian packages are missing: ${missing.map((name) => `${name} (${purposes[name]})`).join(", ")}`,
    step: `\`apt-get install -y --no-install-recommends ${missing.join(" ")}\`, or let \`lab up --install-packages\` do it`,
  };
}

async function installPackages(missing: readonly string[], { signal, progress }: LabWork): Promise<void> {
  progress(`install Debian packages on this machine: ${missing.join(" ")}`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runLocal("apt-get", ["-qq", "update"], { signal, env, deadline: minutes(5), allow: [100] });
  const install = ["install", "-y", "--no-install-recommends", ...missing];
  await runLocal("apt-get", install, { signal, env, deadline: minutes(15) });
}

async function raiseInotifyLimit(progress: Progress): Promise<void> {
  const file = "/proc/sys/fs/inotify/max_user_instances";
  const limit = Number(await readFile(file, "utf8"));
  if (limit >= leastInotifyInstances) return;
  await writeFile(file, String(leastInotifyInstances));
  progress(`raise fs.inotify.max_user_instances from ${limit} to ${leastInotifyInstances} until this machine restarts`);
}

/** A kernel without loadable modules has nothing to load; what a node misses then, its preflight tells. */
async function loadModules(signal: AbortSignal): Promise<void> {
  const loadable = await isPresent(`/lib/modules/${release()}/modules.dep`);
  if (!loadable) return;
  for (const name of modules) await runLocal("modprobe", ["--quiet", name], { signal, allow: [1] });
}
