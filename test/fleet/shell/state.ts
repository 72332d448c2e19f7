import type { Machine } from "../machine/machine.ts";
import type { Input, Output } from "./streams.ts";
import type { Node } from "./syntax.ts";

/** How long something would have taken on a real machine, in milliseconds. */
export interface Stopwatch {
  elapsed: number;
}

/** One shell: what it knows, where it stands and what it reads and writes. */
export interface Shell {
  readonly machine: Machine;
  variables: ReadonlyMap<string, string>;
  exported: ReadonlySet<string>;
  functions: ReadonlyMap<string, Node>;
  /** What of these is its own; the rest is that of the shell around it until it is changed here. */
  own: Own;
  readonly traps: Map<string, string>;
  readonly fds: Map<number, Input | Output>;
  readonly stopwatch: Stopwatch;
  /** Background commands that were not waited for: how long the longest takes. */
  readonly background: Stopwatch;
  /** Programs that may still run; a shell that is cut off in the middle has a limited number of them. */
  readonly budget: { programs: number };
  pid: number;
  name: string;
  args: readonly string[];
  folder: string;
  status: number;
  errexit: boolean;
  nounset: boolean;
  umask: number;
}

interface Own {
  variables?: Map<string, string>;
  exported?: Set<string>;
  functions?: Map<string, Node>;
}

/** A shell of its own inside another: what it changes of itself stays there. */
export function subshell(
  shell: Shell,
  changes: Partial<Pick<Shell, "fds" | "stopwatch" | "args" | "name">> = {},
): Shell {
  return {
    ...shell,
    own: {},
    traps: new Map(),
    fds: changes.fds ?? new Map(shell.fds),
    stopwatch: changes.stopwatch ?? shell.stopwatch,
    args: changes.args ?? shell.args,
    name: changes.name ?? shell.name,
    background: { elapsed: 0 },
  };
}

/** Gives a variable a value, or none. */
export function setVariable(shell: Shell, name: string, value: string | undefined): void {
  shell.own.variables ??= new Map(shell.variables);
  shell.variables = shell.own.variables;
  if (value === undefined) shell.own.variables.delete(name);
  else shell.own.variables.set(name, value);
}

/** Hands a variable on to programs. */
export function exportVariable(shell: Shell, name: string): void {
  shell.own.exported ??= new Set(shell.exported);
  shell.exported = shell.own.exported.add(name);
}

/** Gives a shell a function. */
export function setFunction(shell: Shell, name: string, body: Node): void {
  shell.own.functions ??= new Map(shell.functions);
  shell.functions = shell.own.functions.set(name, body);
}

/** Leaves something the shell is in the middle of. No error: scripts leave all the time, and a stack trace is dear. */
abstract class Leave {
  abstract readonly message: string;

  toString(): string {
    return this.message;
  }
}

/** Leaves the shell. */
export class Exit extends Leave {
  readonly status: number;
  constructor(status: number) {
    super();
    this.status = status;
  }

  get message(): string {
    return `exit ${this.status}`;
  }
}

/** Leaves a function. */
export class Return extends Leave {
  readonly status: number;
  constructor(status: number) {
    super();
    this.status = status;
  }

  get message(): string {
    return `return ${this.status}`;
  }
}

/** Leaves a loop, or begins its next round. */
export class LoopJump extends Leave {
  readonly message: "break" | "continue";
  levels: number;
  constructor(kind: "break" | "continue", levels: number) {
    super();
    this.message = kind;
    this.levels = levels;
  }
}

/** The machine or the connection went away in the middle of the script. */
export class CutOff extends Error {
  override readonly name = "CutOff";
}
