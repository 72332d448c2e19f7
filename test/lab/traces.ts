import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stateFolder } from "../../src/engine/state-folder.ts";
import { parseHierarchies } from "../../src/topology/lab/hierarchies.ts";

/** Everything of one lab that the kernel or the disk still holds, found without asking the program. */
export function tracesOf(
  lab: string,
): Record<"mounts" | "loops" | "namespaces" | "links" | "groups" | "processes" | "rules" | "files", string[]> {
  const folder = join(stateFolder(), "labs", lab);
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const linesWith = (text: string, part: string) => text.split("\n").filter((line) => line.includes(part));
  const mountinfo = readFileSync("/proc/self/mountinfo", "utf8");
  const links = JSON.parse(run("ip", "-j", "link")) as { ifname: string; ifalias?: string }[];
  const own = links.filter(({ ifalias }) => ifalias === `kube-installer lab ${lab}`).map(({ ifname }) => ifname);
  return {
    mounts: linesWith(mountinfo, `${folder}/`),
    loops: linesWith(run("losetup", "--list", "--noheadings", "--output", "NAME,BACK-FILE"), `${folder}/`),
    namespaces: linesWith(run("ip", "netns", "list"), `kube-installer.${lab}.`),
    links: own,
    groups: parseHierarchies(mountinfo)
      .map(({ mountPoint }) => join(mountPoint, "kube-installer", lab))
      .filter((path) => existsSync(path)),
    processes: processesOf(lab, folder),
    rules: run("ip", "rule")
      .split("\n")
      .filter((line) => isOrphaned(line) || own.some((link) => line.includes(`iif ${link} `))),
    files: existsSync(folder) ? readdirSync(folder) : [],
  };
}

/** What `tracesOf` gives for a lab that never was. */
export const noTraces = {
  mounts: [],
  loops: [],
  namespaces: [],
  links: [],
  groups: [],
  processes: [],
  rules: [],
  files: [],
};

/** A rule that names an interface of a lab that is gone is nobody's any more. */
function isOrphaned(rule: string): boolean {
  return rule.includes("kilab") && rule.includes("[detached]");
}

/** Running ones only: how soon the dead are buried is up to this machine's init. By command line or, for what runs inside nodes, by control group. */
function processesOf(lab: string, folder: string): string[] {
  const read = (file: string) => {
    try {
      return readFileSync(file, "utf8").replaceAll("\0", " ");
    } catch {
      return "";
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((id) => !/^State:\s+[ZX]/m.test(read(`/proc/${id}/status`)))
    .map((id) => ({ id, command: read(`/proc/${id}/cmdline`), groups: read(`/proc/${id}/cgroup`) }))
    .filter(
      ({ command, groups }) =>
        command.includes(`${folder}/`) ||
        command.includes(`--machine=${lab}.`) ||
        groups.includes(`/kube-installer/${lab}/`),
    )
    .map(({ id, command }) => `${id} ${command}`);
}
