import { accessSync, constants } from "node:fs";
import { access, mkdir, readFile, statfs, writeFile } from "node:fs/promises";
import { release } from "node:os";
import { InstallerError } from "../../engine/errors.ts";
import { runLocal } from "../../engine/local-command.ts";
import { stateFolder } from "../../engine/state-folder.ts";
import { minutes } from "../../engine/time.ts";
import { hierarchies } from "./cgroups.ts";
import hostPackages from "./host-packages.json" with { type: "json" };
import type { LabWork, Progress } from "./progress.ts";

/** Free space below which a lab is not begun: two nodes with Kubernetes and its images. */
const leastFreeBytes = 5 * 2 ** 30;

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
    ...(await cgroupProblems()),
    ...(await spaceProblems()),
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

interface HostProblem {
  readonly message: string;
  readonly step: string;
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

async function cgroupProblems(): Promise<HostProblem[]> {
  const mounted = await hierarchies();
  if (!mounted.some(({ version }) => version === 2)) {
    return [
      {
        message: "there is no cgroup v2 hierarchy, which holds the processes of a node together",
        step: "`mkdir -p /sys/fs/cgroup/unified && mount -t cgroup2 none /sys/fs/cgroup/unified`",
      },
    ];
  }
  const closed = mounted.filter(({ mountPoint }) => !isWritable(mountPoint));
  return closed.map(({ mountPoint }) => ({
    message: `control groups cannot be made below ${mountPoint}`,
    step: `\`mount -o remount,rw ${mountPoint}\`; inside a container, start that with \`--privileged\``,
  }));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function spaceProblems(): Promise<HostProblem[]> {
  const folder = stateFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(folder);
  const gib = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
  if (bavail * bsize >= leastFreeBytes) return [];
  return [
    {
      message: `only ${gib(bavail * bsize)} GiB are free at ${folder}; a lab needs ${gib(leastFreeBytes)} GiB`,
      step: `free space there, or put labs elsewhere with \`XDG_STATE_HOME=/other/folder\``,
    },
  ];
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
  const loadable = await access(`/lib/modules/${release()}/modules.dep`).then(
    () => true,
    () => false,
  );
  if (!loadable) return;
  for (const name of modules) await runLocal("modprobe", ["--quiet", name], { signal, allow: [1] });
}
