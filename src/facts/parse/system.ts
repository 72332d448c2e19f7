import type { Answer } from "../ask.ts";
import type { Facts } from "../facts.ts";
import { linesOf } from "./text.ts";

type SystemFacts = Pick<
  Facts,
  | "os"
  | "architecture"
  | "kernel"
  | "hostname"
  | "init"
  | "cpus"
  | "cgroupVersion"
  | "machineId"
  | "systemd"
  | "toldOfEmptyCgroups"
  | "memoryBytes"
  | "mayRaiseResourceLimits"
  | "maySetClock"
  | "cgroupControllers"
  | "swaps"
  | "swapActive"
>;

/** What kind of machine it is and how much of everything it has. */
export function parseSystem(answer: Answer): SystemFacts {
  const [machine = "", kernel = "", hostname = "", init = "", cpus = "", cgroups = "", machineId = ""] = linesOf(
    answer("system"),
  );
  const swaps = linesOf(answer("swaps"))
    .slice(1)
    .flatMap((line) => line.split(/\s+/).slice(0, 1));
  return {
    os: parseOsRelease(answer("os")),
    architecture: architectures[machine] ?? machine,
    kernel,
    hostname,
    init,
    cpus: Number(cpus),
    cgroupVersion: cgroups === "cgroup2fs" ? 2 : 1,
    machineId: /^[0-9a-f]{32}$/.test(machineId) ? machineId : "",
    systemd: answer("systemd").split("\n").includes("yes"),
    toldOfEmptyCgroups: answer("systemd").split("\n").includes("told"),
    memoryBytes: Number(/MemTotal:\s+(\d+) kB/.exec(answer("memory"))?.[1] ?? 0) * 1024,
    mayRaiseResourceLimits: holdsCapability(answer("capabilities"), 24n),
    maySetClock: holdsCapability(answer("capabilities"), 25n),
    cgroupControllers: parseCgroupControllers(answer("cgroups")),
    swaps,
    swapActive: swaps.length > 0,
  };
}

/** How `uname -m` spells what Kubernetes calls otherwise. */
const architectures: Readonly<Record<string, string>> = {
  x86_64: "amd64",
  aarch64: "arm64",
  armv7l: "arm",
  i686: "386",
};

function parseOsRelease(text: string): Facts["os"] {
  const values = new Map(
    linesOf(text).flatMap((line) => {
      const found = /^([A-Z_]+)=(["']?)(.*)\2$/.exec(line);
      return found?.[1] === undefined ? [] : [[found[1], found[3] ?? ""] as const];
    }),
  );
  const get = (name: string) => values.get(name) ?? "";
  return {
    id: get("ID"),
    version: get("VERSION_ID"),
    codename: get("VERSION_CODENAME"),
    prettyName: get("PRETTY_NAME"),
    like: get("ID_LIKE").split(" ").filter(Boolean),
  };
}

/** CAP_SYS_RESOURCE is number 24, CAP_SYS_TIME 25. @see https://man7.org/linux/man-pages/man7/capabilities.7.html */
function holdsCapability(status: string, number: bigint): boolean {
  const bounding = /CapBnd:\s*([0-9a-f]+)/.exec(status)?.[1] ?? "0";
  return ((BigInt(`0x${bounding}`) >> number) & 1n) === 1n;
}

function parseCgroupControllers(text: string): readonly string[] {
  if (!text.startsWith("#")) return text.split(/\s+/).filter(Boolean);
  return linesOf(text).flatMap((line) => {
    const [name = "", , , enabled] = line.split(/\s+/);
    return enabled === "1" ? [name] : [];
  });
}
