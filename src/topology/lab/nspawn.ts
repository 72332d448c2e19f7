import { access, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { seconds, until } from "../../engine/time.ts";
import { isPopulated, processesOf, removeGroups } from "./cgroups.ts";
import type { NodeDisk } from "./disk.ts";
import { hierarchies } from "./hierarchies.ts";
import { nodeFolder } from "./inventory.ts";
import { makeGroups, makeHandle } from "./make-groups.ts";
import { machineName, namespaceName } from "./names.ts";
import { joinAndRun, startInGroups } from "./start-in-groups.ts";

/** Kernel interfaces a machine has and a container usually has not. */
const devices = ["/dev/kmsg", "/dev/fuse", "/dev/net/tun"];

/** With these a node could set this machine's clock or load modules into its kernel. */
export const withheldCapabilities = ["sys_time", "sys_module"] as const;

/** A node that reboots itself comes back: systemd-nspawn asks for that by this exit code. */
const againAfterReboot = ["/bin/sh", "-c", 'while "$@"; test $? -eq 133; do :; done', "sh"] as const;

/**
 * Groups below the node's own, because on cgroup v2 a group with controllers for others holds no processes itself:
 * systemd-nspawn and all it boots are in the first, the shell that waits for it in the second.
 */
const parts = { machine: "machine", keeper: "keeper" } as const;

/**
 * Boots the node in control groups of its own; it goes on when this process ends.
 * @see https://www.freedesktop.org/software/systemd/man/252/systemd-nspawn.html
 */
export async function boot(lab: string, node: string, disk: NodeDisk): Promise<void> {
  const groups = await makeGroups(lab, node, parts.machine);
  const onlyUnified = (await hierarchies()).every(({ version }) => version === 2);
  const present = await presentOf([...devices, "/lib/modules"]);
  const binds = [
    ...disk.binds.map(([here, there]) => `--bind=${here}:${there}`),
    ...devices.filter((path) => present.has(path)).map((path) => `--bind=${path}`),
    ...(present.has("/lib/modules") ? ["--bind-ro=/lib/modules"] : []),
  ];
  await startInGroups(
    [await makeHandle(lab, node, parts.keeper)],
    [
      ...againAfterReboot,
      ...["/bin/sh", "-c", joinAndRun, "sh", ...groups, "--"],
      "systemd-nspawn",
      "--quiet",
      "--keep-unit",
      "--register=no",
      "--settings=no",
      "--boot",
      `--machine=${machineName(lab, node)}`,
      `--hostname=${node}`,
      `--directory=${disk.root}`,
      `--network-namespace-path=/run/netns/${namespaceName(lab, node)}`,
      "--capability=all",
      `--drop-capability=${withheldCapabilities.map((name) => `CAP_${name.toUpperCase()}`).join(",")}`,
      "--kill-signal=SIGRTMIN+4",
      "--resolv-conf=off",
      "--timezone=off",
      "--link-journal=no",
      ...binds,
    ],
    {
      log: consoleLog(lab, node),
      env: {
        SYSTEMD_NSPAWN_API_VFS_WRITABLE: "1",
        SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: onlyUnified ? "1" : "0",
        SYSTEMD_SECCOMP: "0",
      },
    },
  );
}

/** What the node wrote to its console since it was made. */
export function consoleLog(lab: string, node: string): string {
  return join(nodeFolder(lab, node), "console.log");
}

export async function isRunning(lab: string, node: string): Promise<boolean> {
  return isPopulated(lab, node);
}

/** Asks the node to power off and waits; a node that does not within the time is cut off by `cutPower`. */
export async function shutDown(lab: string, node: string, signal: AbortSignal): Promise<void> {
  const supervisor = await findProcess(lab, node, (name) => name === "systemd-nspawn");
  if (supervisor === undefined) return;
  process.kill(supervisor, "SIGTERM");
  await until(
    `${node} to power off`,
    async () => ((await isRunning(lab, node)) ? { done: false, saw: "still running" } : { done: true, value: true }),
    { signal, deadline: seconds(45), interval: 50 },
  );
}

/** Ends everything the node runs at once and takes its control groups away. */
export async function cutPower(lab: string, node: string, signal: AbortSignal): Promise<void> {
  await removeGroups(signal, lab, node);
  await rm(`/run/systemd/nspawn/propagate/${machineName(lab, node)}`, { recursive: true, force: true });
}

/** The process id, on this machine, of the node's first process; undefined while the node does not run. */
export async function findInit(lab: string, node: string): Promise<number | undefined> {
  return findProcess(lab, node, (_name, idsInside) => idsInside.length === 2 && idsInside[1] === "1");
}

async function findProcess(
  lab: string,
  node: string,
  matches: (name: string, idsInside: readonly string[]) => boolean,
): Promise<number | undefined> {
  for (const id of await processesOf(lab, node)) {
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status)?.[1] ?? "";
    if (matches(field("Name"), field("NSpid").split(/\s+/))) return id;
  }
  return undefined;
}

async function presentOf(paths: readonly string[]): Promise<Set<string>> {
  const checked = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => path,
        () => undefined,
      ),
    ),
  );
  return new Set(checked.filter((path) => path !== undefined));
}
