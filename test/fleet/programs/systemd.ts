import { bridgeUnit, settleAgent } from "../machine/agent.ts";
import type { Machine } from "../machine/machine.ts";
import { startContainerd, startKubelet, stopContainerd } from "../machine/services.ts";
import { patternToRegExp } from "../shell/pattern.ts";
import { type Call, type Program, parsed, unknown } from "./program.ts";

const wants = "/etc/systemd/system/multi-user.target.wants";
const unitName = (name: string): string => (/\.\w+$/.test(name) ? name : `${name}.service`);

/** Where the file of a unit is. */
export function unitFile(machine: Machine, unit: string): string | undefined {
  return ["/etc/systemd/system", "/usr/lib/systemd/system"]
    .map((folder) => `${folder}/${unit}`)
    .find((path) => machine.files.exists(path));
}

export function isEnabled(machine: Machine, unit: string): boolean {
  return machine.files.find(`${wants}/${unit}`, { follow: false }) !== undefined;
}

export function enable(machine: Machine, unit: string, path: string): void {
  machine.files.makeDirectory(wants);
  machine.files.link(`${wants}/${unit}`, path);
}

/** How a unit is doing; a kubelet without a configuration starts again and again. */
export function stateOf(machine: Machine, unit: string): "active" | "inactive" | "activating" {
  if (machine.transient.has(unit)) return "active";
  if (!machine.active.has(unit)) return "inactive";
  if (unit === "kubelet.service" && !machine.files.exists("/var/lib/kubelet/config.yaml")) return "activating";
  return "active";
}

/** Starts a unit the way its program would start. */
export function start(machine: Machine, unit: string): boolean {
  const path = unitFile(machine, unit);
  if (path === undefined) return false;
  if (!machine.unitsRead.has(path)) machine.unitsRead.set(path, machine.files.read(path));
  if (unit === "containerd.service" && !startContainerd(machine)) return false;
  machine.active.add(unit);
  if (unit === "kubelet.service") startKubelet(machine);
  if (unit === bridgeUnit) settleAgent(machine);
  return true;
}

export function stop(machine: Machine, unit: string): void {
  machine.transient.delete(unit);
  machine.active.delete(unit);
  if (unit === "containerd.service") stopContainerd(machine);
}

type Verb = (call: Call, units: readonly string[], options: ReadonlyMap<string, string>) => number;

const missing = (call: Call, unit: string): number => {
  call.stderr.write(`Failed to find unit ${unit}: Unit ${unit} not found.\n`);
  return 5;
};

const verbs: Readonly<Record<string, Verb>> = {
  "is-active": (call, units, options) => {
    const states = units.map((unit) => stateOf(call.shell.machine, unit));
    if (!options.has("--quiet")) for (const state of states) call.stdout.write(`${state}\n`);
    return states.every((state) => state === "active") ? 0 : 3;
  },
  "is-enabled": (call, [unit = ""]) => {
    if (unitFile(call.shell.machine, unit) === undefined) {
      call.stderr.write(`Failed to get unit file state for ${unit}: No such file or directory\n`);
      return 1;
    }
    const enabled = isEnabled(call.shell.machine, unit);
    call.stdout.write(enabled ? "enabled\n" : "disabled\n");
    return enabled ? 0 : 1;
  },
  enable: (call, units, options) => {
    for (const unit of units) {
      const path = unitFile(call.shell.machine, unit);
      if (path === undefined) return missing(call, unit);
      enable(call.shell.machine, unit, path);
      if (options.has("--now")) start(call.shell.machine, unit);
    }
    return 0;
  },
  disable: (call, units, options) => {
    for (const unit of units) {
      if (unitFile(call.shell.machine, unit) === undefined) return missing(call, unit);
      const link = `${wants}/${unit}`;
      if (isEnabled(call.shell.machine, unit)) call.shell.machine.files.remove(link);
      if (call.shell.machine.files.list(wants).length === 0 && call.shell.machine.files.exists(wants))
        call.shell.machine.files.remove(wants);
      if (options.has("--now")) stop(call.shell.machine, unit);
    }
    return 0;
  },
  start: (call, units) => (units.every((unit) => start(call.shell.machine, unit)) ? 0 : missing(call, units.join(" "))),
  restart: (call, units) => {
    for (const unit of units) if (unitFile(call.shell.machine, unit) !== undefined) stop(call.shell.machine, unit);
    return units.every((unit) => start(call.shell.machine, unit)) ? 0 : missing(call, units.join(" "));
  },
  stop: (call, units) => {
    for (const unit of units) {
      const known = unitFile(call.shell.machine, unit) ?? call.shell.machine.transient.get(unit);
      if (known === undefined && unit !== "kubepods.slice") return missing(call, unit);
      stop(call.shell.machine, unit);
    }
    return 0;
  },
  "daemon-reload": (call) => {
    const { machine } = call.shell;
    for (const path of machine.unitsRead.keys()) {
      const text = machine.files.readIfThere(path);
      if (text === undefined) machine.unitsRead.delete(path);
      else machine.unitsRead.set(path, text);
    }
    return 0;
  },
  "reset-failed": () => 0,
  cat: (call, units) => (units.every((unit) => unitFile(call.shell.machine, unit) !== undefined) ? 0 : 1),
  "list-unit-files": (call, [pattern = "*"]) => {
    const matches = patternToRegExp(pattern.replace(/\.service$/, ""));
    for (const name of call.shell.machine.files.list("/usr/lib/systemd/system")) {
      if (matches.test(name))
        call.stdout.write(`${name} ${isEnabled(call.shell.machine, name) ? "enabled" : "disabled"} enabled\n`);
    }
    return 0;
  },
  show: (call, units, options) => show(call, units, options),
};

function show(call: Call, units: readonly string[], options: ReadonlyMap<string, string>): number {
  const { machine } = call.shell;
  const blocks = units.map((unit) => {
    const path = unitFile(machine, unit);
    const values: Record<string, string> = {
      Id: unit,
      LoadState: path === undefined ? "not-found" : "loaded",
      ActiveState: stateOf(machine, unit),
      UnitFileState: path === undefined ? "" : isEnabled(machine, unit) ? "enabled" : "disabled",
      NeedDaemonReload:
        path !== undefined && machine.unitsRead.has(path) && machine.unitsRead.get(path) !== machine.files.read(path)
          ? "yes"
          : "no",
    };
    const names = (options.get("-p") ?? "").split(",");
    return names
      .map((name) =>
        options.has("--value") ? (values[name] ?? unknown(call)) : `${name}=${values[name] ?? unknown(call)}`,
      )
      .join("\n");
  });
  call.stdout.write(`${blocks.join("\n\n")}\n`);
  return 0;
}

/** systemd's programs. */
export const systemdPrograms: Readonly<Record<string, Program>> = {
  systemctl: (call) => {
    const { options, operands } = parsed(call, ["--quiet", "--now", "--value", "--no-legend", "--no-pager", "-p="]);
    const [verb = "", ...units] = operands;
    const act = verbs[verb];
    if (act === undefined) return unknown(call);
    const offline = (call.variable("SYSTEMD_OFFLINE") ?? "") !== "";
    if (offline && ["start", "stop", "restart", "daemon-reload"].includes(verb)) return 0;
    return act(call, units.map(unitName), options);
  },
  "systemd-run": (call) => {
    const { machine } = call.shell;
    const command = call.args.findIndex((arg) => !arg.startsWith("--"));
    const options = call.args.slice(0, command);
    const unit = options.find((option) => option.startsWith("--unit="))?.slice("--unit=".length) ?? unknown(call);
    const timer = options.some((option) => option.startsWith("--on-active="));
    const name = timer ? `${unit}.timer` : unitName(unit);
    if (machine.transient.has(name)) {
      call.stderr.write(`Failed to start transient unit: Unit ${name} already exists.\n`);
      return 1;
    }
    machine.transient.set(name, call.args.slice(options.length));
    return 0;
  },
};
