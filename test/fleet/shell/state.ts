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
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
  readonly functions: Map<string, Node>;
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

/** A shell of its own inside another: what it changes of itself stays there. */
export function subshell(
  shell: Shell,
  changes: Partial<Pick<Shell, "fds" | "stopwatch" | "args" | "name">> = {},
): Shell {
  return {
    ...shell,
    variables: new Map(shell.variables),
    exported: new Set(shell.exported),
    functions: new Map(shell.functions),
    traps: new Map(),
    fds: new Map(shell.fds),
    background: { elapsed: 0 },
    ...changes,
  };
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
