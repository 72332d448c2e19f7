import type { Effect, FaultScript, Progress } from "../faults.ts";
import { settleAgent } from "../machine/agent.ts";
import type { Machine } from "../machine/machine.ts";
import { isEnabled, start } from "../programs/systemd.ts";
import { runScript } from "../shell/run.ts";
import { CutOff, type Shell } from "../shell/state.ts";
import { Collected, input } from "../shell/streams.ts";

export interface Latency {
  /** Milliseconds before a connection is answered. */
  readonly connect: number;
  /** Milliseconds each command takes besides what its programs take. */
  readonly command: number;
  /** Milliseconds per MiB of input. */
  readonly perMiB: number;
}

/** What a command printed and how it ended. */
export interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One command as the fleet keeps it in its log. */
export interface LoggedCommand {
  readonly number: number;
  readonly text: string;
  readonly inputBytes: number;
}

export interface FleetNodeOptions {
  readonly machine: Machine;
  readonly latency: Latency;
  readonly faults: FaultScript;
  readonly keepCommands: boolean;
  /** Called with everything the shell of the stand-in cannot do. */
  readonly onUnknown: (command: string) => void;
}

/** A machine with its way to the outside: commands arrive, take their time, go wrong and are answered. */
export class FleetNode {
  readonly machine: Machine;
  readonly options: FleetNodeOptions;
  /** Commands kept when the fleet was asked to; their number is kept in any case. */
  readonly commands: LoggedCommand[] = [];
  readonly #drops = new Set<() => void>();
  readonly #groups = new Map<number, Ending>();
  count = 0;
  /** Connections that were opened. */
  connections = 0;
  /** Until when new connections are refused, by this process's clock. */
  closedUntil = 0;
  /** Refuses every login, as after a change of its accounts. */
  refusesLogins = false;
  /** Shows a host key it did not have before, as a machine that was installed anew, or another one in its place. */
  hasOtherHostKey = false;
  #group = 10_000;

  constructor(options: FleetNodeOptions) {
    this.options = options;
    this.machine = options.machine;
  }

  get name(): string {
    return this.machine.name;
  }

  /** Whether a new connection is accepted now. */
  get welcoming(): boolean {
    return this.machine.up && Date.now() >= this.closedUntil;
  }

  /** Takes note of a connection; the function breaks it off. Gives the function that forgets it. */
  connected(drop: () => void): () => void {
    this.connections += 1;
    this.#drops.add(drop);
    return () => this.#drops.delete(drop);
  }

  /** How many connections are open. */
  get open(): number {
    return this.#drops.size;
  }

  /** Commands that have arrived and are not answered yet. */
  get underWay(): number {
    return this.#groups.size;
  }

  /** Breaks off every connection. */
  cut(): void {
    for (const drop of [...this.#drops]) drop();
  }

  nextGroup(): number {
    this.#group += 1;
    return this.#group;
  }

  /** Ends a group of processes, as `kill` does; a command of it that is on its way is answered at once. */
  endGroup(group: number): boolean {
    const running = this.#groups.get(group);
    if (running === undefined) return false;
    running.isAsked = true;
    running.tell();
    return true;
  }

  /** Runs a command and answers after the time it takes; undefined means that no answer ever comes. */
  async perform(text: string, stdin: string, group: number): Promise<Answer | undefined> {
    const ending: Ending = { isAsked: false, tell: () => {} };
    this.#groups.set(group, ending);
    try {
      return await this.#perform(text, stdin, ending);
    } finally {
      this.#groups.delete(group);
    }
  }

  async #perform(text: string, stdin: string, ending: Ending): Promise<Answer | undefined> {
    const { latency, faults } = this.options;
    const { random } = this.machine;
    this.count += 1;
    if (this.options.keepCommands) this.commands.push({ number: this.count, text, inputBytes: stdin.length });
    const effect = faults.strike(this.name, { number: this.count, text });
    const before = latency.command * (0.5 + random.share()) + (latency.perMiB * stdin.length) / 2 ** 20;
    await pause(before, ending);
    if (!this.machine.up) return undefined;
    if (ending.isAsked) return { exitCode: 143, stdout: "", stderr: "" };
    if (effect?.kind === "fail") return { exitCode: effect.exitCode, stdout: "", stderr: effect.stderr };
    const progress = effect !== undefined && "progress" in effect ? effect.progress : "all";
    const { answer, elapsed } = this.#run(text, stdin, progress);
    if (effect !== undefined) {
      const strikesAnswer = this.#apply(effect);
      if (strikesAnswer) {
        if (effect.kind === "hang")
          await new Promise<void>((resolve) => {
            ending.tell = resolve;
          });
        return effect.kind === "hang" ? { exitCode: 143, stdout: "", stderr: "" } : undefined;
      }
    }
    await pause(elapsed + (effect?.kind === "slow" ? effect.milliseconds : 0), ending);
    if (ending.isAsked) return { exitCode: 143, stdout: "", stderr: "" };
    return this.machine.up ? answer : undefined;
  }

  /** Lets a fault have its effect; true when the command stays unanswered. */
  #apply(effect: Effect): boolean {
    switch (effect.kind) {
      case "cut":
        this.cut();
        return true;
      case "cut-for":
        this.closedUntil = Date.now() + effect.milliseconds;
        this.cut();
        return true;
      case "reboot":
        this.reboot(effect.milliseconds);
        return true;
      case "die":
        this.die();
        return true;
      case "hang":
        return true;
      case "disk-full":
        this.machine.disk.full = true;
        setTimeout(() => {
          this.machine.disk.full = false;
        }, effect.milliseconds).unref();
        return false;
      case "api-down":
        if (this.machine.controlPlane !== undefined)
          this.machine.controlPlane.downUntil = Date.now() + effect.milliseconds;
        return false;
      default:
        return false;
    }
  }

  /** The machine goes down and never comes back. */
  die(): void {
    this.machine.up = false;
    this.cut();
  }

  /** The machine goes down and comes back after a while, its enabled services running. */
  reboot(milliseconds: number): void {
    this.die();
    setTimeout(() => {
      this.machine.reboot();
      this.machine.up = true;
      for (const unit of ["containerd.service", "kubelet.service", "kube-installer-bridge.service"]) {
        if (isEnabled(this.machine, unit)) start(this.machine, unit);
      }
    }, milliseconds).unref();
  }

  #run(text: string, stdin: string, progress: Progress): { readonly answer: Answer; readonly elapsed: number } {
    const nothing = { answer: { exitCode: 1, stdout: "", stderr: "" }, elapsed: 0 };
    if (progress === "none") return nothing;
    if (progress === "all") return this.#runWith(text, stdin, Number.POSITIVE_INFINITY);
    return this.#runWith(text, stdin, 1 + this.machine.random.integer(12));
  }

  #runWith(text: string, stdin: string, programs: number): { readonly answer: Answer; readonly elapsed: number } {
    const [stdout, stderr] = [new Collected(), new Collected()];
    const stopwatch = { elapsed: 0 };
    const shell: Shell = {
      machine: this.machine,
      variables: new Map([
        ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
        ["LC_ALL", "C"],
        ["HOME", "/root"],
      ]),
      exported: new Set(["PATH", "LC_ALL", "HOME"]),
      functions: new Map(),
      own: {},
      traps: new Map(),
      fds: new Map<number, Shell["fds"] extends Map<number, infer Stream> ? Stream : never>([
        [0, input(stdin)],
        [1, stdout],
        [2, stderr],
      ]),
      stopwatch,
      background: { elapsed: 0 },
      budget: { programs },
      pid: this.machine.nextPid,
      name: "sh",
      args: [],
      folder: "/",
      status: 0,
      errexit: false,
      nounset: false,
      umask: 0o022,
    };
    settleAgent(this.machine);
    let exitCode = 1;
    try {
      exitCode = runScript(text, shell);
    } catch (thrown) {
      if (!(thrown instanceof CutOff)) {
        this.options.onUnknown(`${thrown instanceof Error ? thrown.message : thrown} in: ${text.slice(0, 200)}`);
        stderr.write(`the fleet cannot run this script: ${thrown}\n`);
        exitCode = 127;
      }
    }
    return { answer: { exitCode, stdout: stdout.text, stderr: stderr.text }, elapsed: stopwatch.elapsed };
  }
}

/** The end of a command before its time; lighter than a signal, as hundreds of thousands of commands have one. */
interface Ending {
  isAsked: boolean;
  /** Called when it is asked for. */
  tell: () => void;
}

async function pause(milliseconds: number, ending: Ending): Promise<void> {
  if (milliseconds < 1 || ending.isAsked) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    ending.tell = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
