import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { InstallerError } from "../../engine/errors.ts";
import { hierarchies } from "./hierarchies.ts";
import type { Inventory } from "./inventory.ts";
import { findInit, withheldCapabilities } from "./nspawn.ts";
import { joinAndRun } from "./start-in-groups.ts";

/** Takes from root what nodes do not have either. */
const withoutMachine = ["setpriv", `--bounding-set=${withheldCapabilities.map((name) => `-${name}`).join(",")}`, "--"];

/** Root's environment on a Debian machine; nothing of this process's own leaks into the node. */
const environment = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  HOME: "/root",
  USER: "root",
  LANG: "C.UTF-8",
  ...(process.env.TERM === undefined ? {} : { TERM: process.env.TERM }),
};

/**
 * Runs a program as root inside a running node, past its SSH server, on this process's own terminal or pipes. It gets
 * no right the node has not: root of this machine could set the clock of all.
 * @returns the program's exit code, 128 and the signal's number when a signal ended it
 * @throws InstallerError `usage` for an unknown node, `unreachable` for one that does not run
 */
export async function executeInNode(
  inventory: Inventory,
  node: string,
  command: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  requireNode(inventory, node);
  const init = await findInit(inventory.name, node);
  if (init === undefined) {
    throw new InstallerError("unreachable", {
      message: `${node} does not run.`,
      node,
      nextSteps: [`\`kube-installer lab fault ${node} power-on --name ${inventory.name}\``],
    });
  }
  const namespaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup"];
  const inRootsHome = ["/bin/sh", "-c", 'cd; exec "$@"', "sh"];
  const program = [...withoutMachine, "nsenter", "--target", String(init), ...namespaces, ...inRootsHome, ...command];
  const child = spawn("/bin/sh", ["-c", joinAndRun, "sh", ...(await groupsOf(init)), "--", ...program], {
    stdio: "inherit",
    env: environment,
    signal,
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, ending) => resolve(code ?? 128 + (ending === null ? 0 : constants.signals[ending])));
  });
}

/**
 * The node of that name.
 * @throws InstallerError `usage` when the lab has none
 */
export function requireNode(inventory: Inventory, name: string): Inventory["nodes"][number] {
  const found = inventory.nodes.find((node) => node.name === name);
  if (found !== undefined) return found;
  const names = inventory.nodes.map((node) => node.name).join(", ");
  throw new InstallerError("usage", {
    message: `The lab ${inventory.name} has no node called "${name}".`,
    nextSteps: [`name one of its nodes: ${names}`],
  });
}

/** The control groups a process is in, so that what is run beside it is counted and ended with the node. */
async function groupsOf(id: number): Promise<string[]> {
  const own = (await readFile(`/proc/${id}/cgroup`, "utf8")).trim().split("\n");
  const mounted = await hierarchies();
  const mountinfo = await readFile("/proc/self/mountinfo", "utf8");
  return own.flatMap((line) => {
    const [, controllers = "", path = ""] = line.split(":");
    const hierarchy = mounted.find(({ mountPoint, version }) =>
      controllers === "" ? version === 2 : version === 1 && isMountOf(mountinfo, mountPoint, controllers),
    );
    return hierarchy === undefined ? [] : [join(hierarchy.mountPoint, path)];
  });
}

function isMountOf(mountinfo: string, mountPoint: string, controllers: string): boolean {
  const line = mountinfo.split("\n").find((text) => text.split(" ")[4] === mountPoint) ?? "";
  const options = (line.split(" - ")[1]?.split(" ")[2] ?? "").split(",");
  return controllers.split(",").every((controller) => options.includes(controller));
}
