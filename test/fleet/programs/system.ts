import { loadBridgeFilter } from "../machine/boot.ts";
import { runText } from "../shell/builtins.ts";
import { runProgram } from "../shell/run.ts";
import { subshell } from "../shell/state.ts";
import { readAll } from "../shell/streams.ts";
import { type Call, type Program, parsed, unknown } from "./program.ts";

/** Runs another program with part of this one's arguments. */
export function runOther(call: Call, [name, ...args]: readonly string[]): number {
  return name === undefined ? unknown(call) : runProgram(name, args, call.shell);
}

/** Programs about the machine itself, its processes, and those that run others. */
export const systemPrograms: Readonly<Record<string, Program>> = {
  sh: (call) => {
    const [option, text = "", name = "sh", ...args] = call.args;
    if (option !== "-c") return runText(readAll(call.stdin), subshell(call.shell));
    return runText(text, subshell(call.shell, { name, args }));
  },
  date: (call) => date(call),
  sleep: (call) => {
    call.shell.stopwatch.elapsed += Number(call.args[0]) * 1000;
    return 0;
  },
  uname: (call) => {
    const answers: Record<string, string> = { "-m": "x86_64", "-r": "6.1.0-28-amd64" };
    call.stdout.write(`${answers[call.args[0] ?? ""] ?? unknown(call)}\n`);
    return 0;
  },
  nproc: (call) => {
    call.stdout.write("4\n");
    return 0;
  },
  id: (call) => {
    if (call.args.join(" ") !== "-u") return unknown(call);
    call.stdout.write("0\n");
    return 0;
  },
  hostname: (call) => {
    call.stdout.write(call.shell.machine.files.read("/proc/sys/kernel/hostname"));
    return 0;
  },
  env: (call) => {
    if (call.args.length > 0) return runOther(call, call.args);
    for (const name of call.shell.exported) call.stdout.write(`${name}=${call.shell.variables.get(name) ?? ""}\n`);
    return 0;
  },
  timeout: (call) => runOther(call, call.args.slice(1)),
  setsid: (call) => runOther(call, call.args),
  flock: (call) => (call.args.join(" ") === "-w 10 9" ? 0 : unknown(call)),
  pgrep: (call) => {
    if (call.args.join(" ") !== "-x kubeadm") return unknown(call);
    if (Date.now() >= call.shell.machine.kubeadmUntil) return 1;
    call.stdout.write("4242\n");
    return 0;
  },
  kill: (call) => {
    const pid = Number(parsed(call, ["-s="]).operands[0]);
    if (!Number.isInteger(pid)) return unknown(call);
    const { helpers, files } = call.shell.machine;
    if (!helpers.delete(pid)) return 1;
    files.remove(`/proc/${pid}`);
    return 0;
  },
  getent: (call) => {
    const [database, name = ""] = call.args;
    if (database !== "ahosts") return unknown(call);
    const lines = call.shell.machine.files.read("/etc/hosts").split("\n");
    const found = lines.flatMap((line) => {
      const [address = "", ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
      return names.includes(name) ? [address] : [];
    });
    for (const address of found) {
      call.stdout.write(`${address}     STREAM ${name}\n${address}     DGRAM\n${address}     RAW\n`);
    }
    return found.length > 0 ? 0 : 2;
  },
  modprobe: (call) => modprobe(call),
  swapon: () => 0,
  swapoff: (call) => unknown(call),
  sysctl: (call) => unknown(call),
  journalctl: () => 0,
  mount: (call) => unknown(call),
};

/** The time now, or that of `-d`; the time the script would have taken so far counts. */
function date(call: Call): number {
  const { options, operands } = parsed(call, ["-u", "-d="]);
  const given = options.get("-d");
  const now = given === undefined ? Date.now() + call.shell.stopwatch.elapsed : Date.parse(given);
  const [format = unknown(call)] = operands;
  if (Number.isNaN(now)) {
    call.stderr.write(`date: invalid date '${given}'\n`);
    return 1;
  }
  const [day = "", clock = ""] = new Date(now).toISOString().split("T");
  const [year = "", month = "", date = ""] = day.split("-");
  const [hour = "", minute = "", second = ""] = clock.slice(0, 8).split(":");
  const nanoseconds = String(Math.round((now % 1000) * 1e6)).padStart(9, "0");
  const values: Record<string, string> = {
    ...{ s: String(Math.floor(now / 1000)), N: nanoseconds, "6N": nanoseconds.slice(0, 6) },
    ...{ Y: year, m: month, d: date, H: hour, M: minute, S: second },
  };
  call.stdout.write(`${format.slice(1).replace(/%(6N|\w)/g, (_, name: string) => values[name] ?? unknown(call))}\n`);
  return 0;
}

function modprobe(call: Call): number {
  const { options, operands } = parsed(call, ["--dry-run", "--quiet", "-r"]);
  const { files } = call.shell.machine;
  const [module = ""] = operands;
  if (module !== "br_netfilter") return module === "overlay" ? 0 : 1;
  if (options.has("--dry-run")) return 0;
  if (options.has("-r")) {
    const others = files.read("/proc/modules").split("\n");
    files.write("/proc/modules", others.filter((line) => !line.startsWith(`${module} `)).join("\n"));
    if (files.exists("/proc/sys/net/bridge")) files.remove("/proc/sys/net/bridge");
    return 0;
  }
  loadBridgeFilter(files);
  return 0;
}
