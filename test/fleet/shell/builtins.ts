import type { RunScript } from "./expand.ts";
import { formatted } from "./format.ts";
import { parse } from "./parse.ts";
import { runProgram, runScript } from "./run.ts";
import { Exit, exportVariable, LoopJump, Return, type Shell, setVariable } from "./state.ts";
import { type Input, nowhere, type Output, readLine } from "./streams.ts";
import { judge } from "./test.ts";

type Builtin = (args: readonly string[], shell: Shell, run: RunScript) => number;

const out = (shell: Shell): Output => {
  const stream = shell.fds.get(1);
  return stream !== undefined && "write" in stream ? stream : nowhere;
};

/** What the shell does itself. @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_14 */
export const builtins: Readonly<Record<string, Builtin>> = Object.assign(Object.create(null), {
  ":": () => 0,
  true: () => 0,
  false: () => 1,
  echo: (args, shell) => {
    const plain = args[0] === "-n" ? args.slice(1) : args;
    // Unlike printf, echo leaves an escaped quote as it is.
    out(shell).write(formatted("%b", [plain.join(" ").replaceAll('\\"', '\\\\"')]) + (args[0] === "-n" ? "" : "\n"));
    return 0;
  },
  printf: ([format = "", ...args], shell) => {
    out(shell).write(formatted(format, args));
    return 0;
  },
  test: (args, shell) => (judge(args, shell) ? 0 : 1),
  "[": (args, shell) => (judge(args.slice(0, -1), shell) ? 0 : 1),
  exit: ([status], shell) => {
    throw new Exit(status === undefined ? shell.status : Number(status));
  },
  return: ([status], shell) => {
    throw new Return(status === undefined ? shell.status : Number(status));
  },
  break: ([levels = "1"]) => {
    throw new LoopJump("break", Number(levels));
  },
  continue: ([levels = "1"]) => {
    throw new LoopJump("continue", Number(levels));
  },
  shift: ([count = "1"], shell) => {
    shell.args = shell.args.slice(Number(count));
    return 0;
  },
  cd: ([path = "/root"], shell) => {
    const target = shell.machine.pathFrom(path, shell.folder);
    if (!shell.machine.files.isDirectory(target)) return 2;
    shell.folder = target;
    return 0;
  },
  set: (args, shell) => {
    for (const [index, arg] of args.entries()) {
      if (arg === "--") {
        shell.args = args.slice(index + 1);
        return 0;
      }
      if (arg.includes("e")) shell.errexit = arg.startsWith("-");
      if (arg.includes("u")) shell.nounset = arg.startsWith("-");
      if (!/^[-+][eu]+$/.test(arg)) throw new Error(`the fleet's shell does not know "set ${arg}"`);
    }
    return 0;
  },
  export: (args, shell) => {
    for (const arg of args) {
      const equals = arg.indexOf("=");
      const name = equals < 0 ? arg : arg.slice(0, equals);
      if (equals >= 0) setVariable(shell, name, arg.slice(equals + 1));
      exportVariable(shell, name);
    }
    return 0;
  },
  unset: (args, shell) => {
    for (const name of args) setVariable(shell, name, undefined);
    return 0;
  },
  umask: ([mask = "0022"], shell) => {
    shell.umask = Number.parseInt(mask, 8);
    return 0;
  },
  trap: ([action = "", ...signals], shell) => {
    for (const signal of signals) shell.traps.set(signal, action);
    return 0;
  },
  wait: (_args, shell) => {
    shell.stopwatch.elapsed += shell.background.elapsed;
    shell.background.elapsed = 0;
    return 0;
  },
  eval: (args, shell, run) => run(parse(args.join(" ")), shell),
  exec: ([name = "", ...args], shell) => {
    throw new Exit(runProgram(name, args, shell));
  },
  command: ([option = "", name = ""], shell) => {
    if (option !== "-v") throw new Error(`the fleet's shell does not know "command ${option}"`);
    const path = name in builtins || shell.functions.has(name) ? name : shell.machine.pathOf(name);
    if (path === undefined) return 127;
    out(shell).write(`${path}\n`);
    return 0;
  },
  read: (args, shell) => {
    const names = args.filter((arg) => !arg.startsWith("-"));
    const stdin: Input | Output | undefined = shell.fds.get(0);
    const line = stdin !== undefined && "data" in stdin ? readLine(stdin) : undefined;
    const whole = stdin !== undefined && "data" in stdin && stdin.data[stdin.position - 1] === "\n";
    const blank = (shell.variables.get("IFS") ?? " \t\n") !== "";
    for (const [name, value] of assign(names, line ?? "", blank)) setVariable(shell, name, value);
    return line === undefined || !whole ? 1 : 0;
  },
} satisfies Record<string, Builtin>);

/** Runs a text as a shell of its own does. */
export function runText(text: string, shell: Shell): number {
  return runScript(text, shell);
}

function assign(names: readonly string[], line: string, split: boolean): (readonly [string, string])[] {
  if (!split) return names.map((name, index) => [name, index === 0 ? line : ""] as const);
  let rest = line.replace(/^[ \t]+|[ \t]+$/g, "");
  return names.map((name, index) => {
    if (index === names.length - 1) return [name, rest] as const;
    const word = /^[^ \t]*/.exec(rest)?.[0] ?? "";
    rest = rest.slice(word.length).replace(/^[ \t]+/, "");
    return [name, word] as const;
  });
}
