import type { Felt } from "./observed-run.ts";
import type { Fault } from "./schedule.ts";

/** What happens to the machines when faults begin and end. */
export interface FaultEffects {
  begins(fault: Fault): void;
  ends(fault: Fault): void;
}

/** Keeps the faults of one run: which have begun, which are over, and which were met by the installer. */
export interface FaultBook {
  /** A command of the installer reaches a node; faults that wait for it begin. */
  commandReaches(node: string): void;
  /** A step begins on a node; faults that wait for it begin. */
  stepBegins(node: string, step: string): void;
  /** Faults that are there on a node. */
  active(node: string): readonly Fault[];
  /** The installer met the fault; one that happens once, as a reboot does, is over then. */
  meet(fault: Fault, command?: string | undefined): void;
  met(): readonly Felt[];
  /** Ends every fault, also those that have not begun. */
  close(): void;
}

/** Opens the book at the beginning of a run. */
export function openFaultBook(faults: readonly Fault[], effects: FaultEffects): FaultBook {
  const started = Date.now();
  const waiting = new Set(faults);
  const active = new Set<Fault>();
  const timers = new Set<NodeJS.Timeout>();
  const commands = new Map<string, number>();
  const met = new Map<string, Felt>();

  const later = (milliseconds: number, act: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, milliseconds);
    timers.add(timer);
  };
  const end = (fault: Fault): void => {
    if (active.delete(fault)) effects.ends(fault);
  };
  const begin = (fault: Fault): void => {
    if (!waiting.delete(fault)) return;
    active.add(fault);
    if (typeof fault.lasts === "number") later(fault.lasts, () => end(fault));
    effects.begins(fault);
  };
  for (const fault of faults) if ("after" in fault.begins) later(fault.begins.after, () => begin(fault));
  const beginThose = (node: string, due: (fault: Fault) => boolean): void => {
    for (const fault of waiting) if (fault.node === node && due(fault)) begin(fault);
  };
  return {
    commandReaches: (node) => {
      const count = (commands.get(node) ?? 0) + 1;
      commands.set(node, count);
      beginThose(node, ({ begins }) => "command" in begins && begins.command === count);
    },
    stepBegins: (node, step) => beginThose(node, ({ begins }) => "step" in begins && begins.step === step),
    active: (node) => [...active].filter((fault) => fault.node === node),
    meet: (fault, command) => {
      const before = met.get(fault.mark);
      if (before === undefined || (before.command === undefined && command !== undefined)) {
        const at = before?.at ?? Date.now() - started;
        met.set(fault.mark, { ...fault, at, ...(command === undefined ? {} : { command: command.slice(0, 200) }) });
      }
      if (fault.lasts === "once" || fault.kind === "reboot") end(fault);
    },
    met: () => [...met.values()],
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      waiting.clear();
      for (const fault of active) end(fault);
    },
  };
}
