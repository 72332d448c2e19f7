import type { lab } from "./kube-installer.ts";

type Machines = ReturnType<typeof lab>;

/** Where a node's own services write without anybody's doing; /run and /proc hold nothing that lasts. */
const livelyFolders = [
  ...["/proc", "/sys", "/dev", "/run", "/tmp", "/var/log", "/var/lib/systemd", "/var/backups"],
  ...["/var/lib/containerd", "/var/lib/etcd", "/var/lib/kubelet"],
];

/** File systems of a node; a search does not leave the one it begins in. */
const places = ["/", "/var/lib/containerd", "/var/lib/kubelet", "/var/lib/etcd"];

/**
 * Every file and folder of a node that was made, written, renamed, removed from or altered in any other way while `act`
 * ran. The time of such a change is kept by the kernel and cannot be set back.
 * @param lively folders to leave out; none of the places of Kubernetes on a node that runs none of it
 */
export async function writesDuring(
  machines: Machines,
  nodes: readonly string[],
  act: () => Promise<void>,
  lively: readonly string[] = livelyFolders,
): Promise<readonly string[]> {
  const began = new Map<string, string>();
  for (const node of nodes) began.set(node, (await machines.inNode(node, "sync; date +%s.%N")).trim());
  await act();
  const written: string[] = [];
  for (const node of nodes) {
    const left = lively.map((folder) => `-path ${folder}`).join(" -o ");
    const script = `find ${places.join(" ")} -xdev \\( ${left} \\) -prune -o -newerct @${began.get(node)} -print 2>/dev/null | sort -u`;
    const paths = (await machines.inNode(node, script)).split("\n").filter((path) => path !== "");
    written.push(...paths.map((path) => `${node}: ${path}`));
  }
  return written;
}

/** The same for a node on which nothing of Kubernetes runs yet. */
export const bareNode = livelyFolders.filter((folder) => !/containerd|etcd|kubelet/.test(folder));
