import type { Cluster } from "../cluster/cluster.ts";
import { allPrograms } from "../programs/all.ts";
import { type Call, UnknownCall } from "../programs/program.ts";
import type { Random } from "../random.ts";
import { CutOff } from "../shell/state.ts";
import type { Output } from "../shell/streams.ts";
import { applyBootFiles } from "./boot.ts";
import { durationOf } from "./durations.ts";
import { FileError, FileSystem, nameOf } from "./file-system.ts";
import { preinstalled } from "./packages.ts";

const searchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"];

const knownPlaces = new Map<string, readonly string[]>();

/** Where a program can lie. */
function placesOf(name: string): readonly string[] {
  if (name.includes("/")) return [name];
  const known = knownPlaces.get(name);
  if (known !== undefined) return known;
  const places = searchPath.map((folder) => `${folder}/${name}`);
  knownPlaces.set(name, places);
  return places;
}

/** What runs on every machine from its start. */
const bootUnits = ["ssh.service", "systemd-timesyncd.service"];

/** What a machine needs to know of the fleet around it. */
export interface Surroundings {
  /** The machine with this address, when it is up. */
  machineAt(address: string): Machine | undefined;
  /** Takes note of a command the model does not know. */
  unknownCommand(machine: Machine, command: string): void;
}

export interface MachineOptions {
  readonly name: string;
  /** The address the machine has in its own eyes and those of its peers. */
  readonly internalAddress: string;
  readonly base: FileSystem;
  readonly random: Random;
  readonly surroundings: Surroundings;
  /** What part of the time real programs take the model takes as well. */
  readonly work: number;
}

/** A pod that runs on the machine. */
export interface LocalPod {
  readonly name: string;
  readonly address: string;
  readonly space: string;
}

/** One stand-in for a machine: its files, and what of its state is not in files. */
export class Machine {
  readonly name: string;
  readonly internalAddress: string;
  readonly random: Random;
  readonly surroundings: Surroundings;
  readonly work: number;
  readonly files: FileSystem;
  readonly packages = new Map<string, string>(Object.entries(preinstalled));
  /** Units that run; whether a unit is enabled is a link among the files. */
  readonly active = new Set<string>();
  /** Units as systemd has read them last, by path. */
  readonly unitsRead = new Map<string, string>();
  /** Units made by systemd-run, with their command. */
  readonly transient = new Map<string, readonly string[]>();
  /** Images in containerd with their labels. */
  readonly images = new Map<string, Map<string, string>>();
  /** Ports the preflight's helper listens on, by its process. */
  readonly helpers = new Map<number, readonly number[]>();
  readonly pods = new Map<string, LocalPod>();
  readonly disk = { totalKiB: 60_000_000, freeKiB: 50_000_000, full: false };
  /** The cluster whose control plane this machine is; lost with its etcd data. */
  controlPlane: Cluster | undefined;
  up = true;
  /** How often it was started; its pods have to be started again after each. */
  boots = 1;
  /** Until when kubeadm runs, by this process's clock. */
  kubeadmUntil = 0;
  #pids = 1000;
  #boot: FileSystem;

  constructor(options: MachineOptions) {
    this.name = options.name;
    this.internalAddress = options.internalAddress;
    this.random = options.random;
    this.surroundings = options.surroundings;
    this.work = options.work;
    this.files = new FileSystem(options.base);
    const id = Array.from({ length: 32 }, () => this.random.integer(16).toString(16)).join("");
    this.files.plant("/etc/machine-id", `${id}\n`);
    this.files.plant("/etc/hostname", `${options.name}\n`);
    this.files.plant("/etc/hosts", "127.0.0.1 localhost\n");
    this.files.plant("/proc/sys/kernel/hostname", `${options.name}\n`);
    for (const unit of bootUnits) this.active.add(unit);
    this.#boot = new FileSystem(this.files);
  }

  get nextPid(): number {
    this.#pids += 1;
    return this.#pids;
  }

  pathFrom(path: string, folder: string): string {
    return path.startsWith("/") ? path : `${folder === "/" ? "" : folder}/${path}`;
  }

  /** Where a program lies. */
  pathOf(name: string): string | undefined {
    return placesOf(name).find((path) => {
      const entry = this.files.find(path);
      return entry?.kind === "file" && (entry.mode & 0o111) !== 0;
    });
  }

  readForShell(path: string): string {
    if (this.files.isDirectory(path)) return "";
    return this.files.read(path);
  }

  readForProgram(path: string): string | undefined {
    const entry = this.files.find(path);
    if (entry === undefined || entry.kind === "directory") return undefined;
    return this.files.read(path);
  }

  openForWriting(path: string, { append, mode }: { append: boolean; mode: number }): Output {
    this.needSpace();
    this.files.write(path, "", { append, mode });
    return {
      write: (text) => {
        if (text === "") return;
        this.needSpace();
        this.files.write(path, text, { append: true });
      },
    };
  }

  needSpace(): void {
    if (this.disk.full) throw new FileError("No space left on device");
  }

  randomName(length: number): string {
    return this.random.text(length);
  }

  /** Runs a program and adds the time it would have taken; what is not known is recorded and fails. */
  perform(call: Call): number {
    if (call.shell.budget.programs <= 0) throw new CutOff();
    call.shell.budget.programs -= 1;
    const path = this.pathOf(call.name);
    const program = allPrograms[nameOf(path ?? call.name)];
    if (program === undefined) return this.#refuse(call, [call.name, ...call.args].join(" "));
    if (path === undefined) {
      call.stderr.write(`sh: 1: ${call.name}: not found\n`);
      return 127;
    }
    call.shell.stopwatch.elapsed += durationOf(call) * this.work * (0.5 + this.random.share());
    try {
      return program(call);
    } catch (thrown) {
      if (!(thrown instanceof UnknownCall)) throw thrown;
      return this.#refuse(call, thrown.message);
    }
  }

  #refuse(call: Call, command: string): number {
    this.surroundings.unknownCommand(this, command);
    call.stderr.write(`${call.name}: the fleet does not know this command: ${command.slice(0, 300)}\n`);
    return 127;
  }

  /** What a restart does: volatile files and settings are as after installation, enabled units run. */
  reboot(): void {
    for (const folder of ["/proc", "/sys", "/run", "/dev", "/tmp"]) this.files.takeOver(folder, this.#boot);
    this.files.write("/proc/sys/kernel/hostname", this.files.readIfThere("/etc/hostname") ?? "localhost\n");
    applyBootFiles(this.files);
    this.active.clear();
    for (const unit of bootUnits) this.active.add(unit);
    this.transient.clear();
    this.helpers.clear();
    this.pods.clear();
    this.unitsRead.clear();
    this.kubeadmUntil = 0;
    this.boots += 1;
  }
}
