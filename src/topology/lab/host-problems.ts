import { access, constants, mkdir, readFile, statfs } from "node:fs/promises";
import { runLocal } from "../../engine/local-command.ts";
import { stateFolder } from "../../engine/state-folder.ts";
import { ignoreAbsent } from "./absent.ts";
import { hierarchies } from "./hierarchies.ts";

/** Free space below which a lab is not begun: two nodes with Kubernetes and its images. */
const leastFreeBytes = 5 * 2 ** 30;

/** Something this machine lacks, and what its owner can do about it. */
export interface HostProblem {
  readonly message: string;
  readonly step: string;
}

/** Everything that keeps this machine from carrying a lab, packages apart. */
export async function hostProblems(signal: AbortSignal): Promise<HostProblem[]> {
  const found = [cgroupProblems(), spaceProblems(), loopProblems(), firewallProblems(signal)];
  return (await Promise.all(found)).flat();
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
  const open = await Promise.all(mounted.map(({ mountPoint }) => isWritable(mountPoint)));
  const closed = mounted.filter((_, index) => open[index] !== true);
  return closed.map(({ mountPoint }) => ({
    message: `control groups cannot be made below ${mountPoint}`,
    step: `\`mount -o remount,rw ${mountPoint}\`; inside a container, start that with \`--privileged\``,
  }));
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
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

async function loopProblems(): Promise<HostProblem[]> {
  if (await isWritable("/dev/loop-control")) return [];
  return [
    {
      message: "there are no loop devices, on which the nodes' disks lie",
      step: "`modprobe loop`; inside a container, start that with `--privileged`",
    },
  ];
}

/** Where bridged frames pass the packet filter and that drops what it forwards, as Docker sets it up, nodes cannot talk. */
async function firewallProblems(signal: AbortSignal): Promise<HostProblem[]> {
  const filtered = await readFile("/proc/sys/net/bridge/bridge-nf-call-iptables", "utf8").catch(ignoreAbsent);
  if (filtered?.trim() !== "1" || !(await isPresent("/usr/sbin/iptables"))) return [];
  const { stdout } = await runLocal("/usr/sbin/iptables", ["-S", "FORWARD"], { signal });
  if (!/^-P FORWARD DROP$/m.test(stdout) || /^-A FORWARD .*-i kilab\+ .*-j ACCEPT$/m.test(stdout)) return [];
  return [
    {
      message: "the packet filter drops what goes over bridges, so nodes could not reach each other",
      step: "`iptables -I FORWARD -i kilab+ -o kilab+ -j ACCEPT`",
    },
  ];
}

/** Whether there is anything at the path. */
export async function isPresent(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
