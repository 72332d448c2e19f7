import type { Machine } from "../machine/machine.ts";
import { containerdServes } from "../machine/services.ts";
import { readAll } from "../shell/streams.ts";
import { type Call, type Program, unknown } from "./program.ts";

/** Ports something on the machine listens on besides the preflight's helpers, and what. */
export function listeningPorts(machine: Machine): ReadonlyMap<number, string> {
  const ports = new Map([[22, "sshd"]]);
  const kubelet = machine.active.has("kubelet.service") && machine.files.exists("/var/lib/kubelet/config.yaml");
  if (kubelet) for (const port of [10_248, 10_250]) ports.set(port, "kubelet");
  if (machine.controlPlane !== undefined && kubelet && containerdServes(machine)) {
    const owners = {
      2379: "etcd",
      2380: "etcd",
      6443: "kube-apiserver",
      10257: "kube-controller",
      10259: "kube-scheduler",
    };
    for (const [port, owner] of Object.entries(owners)) ports.set(Number(port), owner);
  }
  return ports;
}

/** The three programs preflight hands to perl, told apart by what is in them. */
export const perlPrograms: Readonly<Record<string, Program>> = {
  perl: (call) => {
    const program = readAll(call.stdin);
    if (program.includes("kube-preflight")) return listen(call);
    if (program.includes("getaddrinfo")) return connect(call);
    return program.includes("O_DSYNC") ? measure(call) : unknown(call);
  },
};

function listen(call: Call): number {
  const { machine } = call.shell;
  const taken = listeningPorts(machine);
  const helped = new Set([...machine.helpers.values()].flat());
  const free = call.args
    .slice(3)
    .map(Number)
    .filter((port) => !taken.has(port) && !helped.has(port));
  for (const port of free) call.stdout.write(`listening ${port}\n`);
  if (free.length === 0) return 0;
  const pid = machine.nextPid;
  machine.helpers.set(pid, free);
  machine.files.plant(`/proc/${pid}/comm`, "kube-preflight\n");
  call.stdout.write(`pid ${pid}\n`);
  return 0;
}

function connect(call: Call): number {
  for (const [index, target] of call.args.slice(2).entries()) {
    const [host = "", port = ""] = target.split(" ");
    const other = call.shell.machine.surroundings.machineAt(host);
    const name = /[a-z]/.test(host);
    if (name) call.stdout.write(`${index} connected\n`);
    else if (other === undefined) call.stdout.write(`${index} silent\n`);
    else {
      const open = listeningPorts(other).has(Number(port)) || [...other.helpers.values()].flat().includes(Number(port));
      call.stdout.write(`${index} ${open ? "connected" : "refused"}\n`);
    }
  }
  return 0;
}

function measure(call: Call): number {
  for (let sample = 0; sample < 100; sample++)
    call.stdout.write(`${(0.4 + 0.2 * call.shell.machine.random.share()).toFixed(3)}\n`);
  return 0;
}
