import { FileError } from "../machine/file-system.ts";
import { builtins } from "./builtins.ts";
import { expandAll, expandPattern, expandText, runToEnd, trapsAreReadBy } from "./expand.ts";
import { parse } from "./parse.ts";
import { patternToRegExp } from "./pattern.ts";
import { Exit, LoopJump, Return, type Shell, setFunction, setVariable, subshell } from "./state.ts";
import { Collected, type Input, input, nowhere, type Output } from "./streams.ts";
import type { Chain, Node, Pipeline, Redirection, Script } from "./syntax.ts";

trapsAreReadBy(parse);

/** Runs a script in a shell to its end and gives its exit code. */
export function runScript(text: string, shell: Shell): number {
  return runToEnd(parse(text), shell, run);
}

/** Runs the commands of a script one after another. */
export function run(script: Script, shell: Shell): number {
  for (const chain of script) shell.status = runChain(chain, shell, true);
  return shell.status;
}

function runChain(chain: Chain, shell: Shell, mayExit: boolean): number {
  if (chain.background) {
    const stopwatch = { elapsed: 0 };
    const inner = subshell(shell, { stopwatch });
    runToEnd([{ ...chain, background: false }], inner, run);
    shell.background.elapsed = Math.max(shell.background.elapsed, stopwatch.elapsed);
    return 0;
  }
  if (chain.rest.length === 0) return runPipeline(chain.first, shell, mayExit);
  let status = runPipeline(chain.first, shell, false);
  for (const [index, { operator, pipeline }] of chain.rest.entries()) {
    shell.status = status;
    if (operator === "&&" ? status !== 0 : status === 0) continue;
    status = runPipeline(pipeline, shell, mayExit && index === chain.rest.length - 1);
  }
  return status;
}

function runPipeline({ negated, nodes }: Pipeline, shell: Shell, mayExit: boolean): number {
  let status = 0;
  if (nodes.length === 1 && nodes[0] !== undefined) {
    status = negated || !mayExit ? withoutErrexit(shell, nodes[0]) : runNode(nodes[0], shell);
  } else {
    let piped: Input | undefined;
    for (const [index, node] of nodes.entries()) {
      const last = index === nodes.length - 1;
      const collected = new Collected();
      const fds = new Map(shell.fds);
      if (piped !== undefined) fds.set(0, piped);
      if (!last) fds.set(1, collected);
      const inner = subshell(shell, { fds });
      inner.errexit = false;
      status = runToEnd(scriptOf(node), inner, run);
      piped = input(collected.text);
    }
  }
  if (negated) return status === 0 ? 1 : 0;
  if (status !== 0 && shell.errexit && mayExit) throw new Exit(status);
  return status;
}

const alone = new WeakMap<Node, Script>();

/** A script of this command alone. */
function scriptOf(node: Node): Script {
  const known = alone.get(node);
  if (known !== undefined) return known;
  const script = [{ first: { negated: false, nodes: [node] }, rest: [], background: false }];
  alone.set(node, script);
  return script;
}

function withoutErrexit(shell: Shell, node: Node): number {
  const before = shell.errexit;
  shell.errexit = false;
  try {
    return runNode(node, shell);
  } finally {
    shell.errexit = before;
  }
}

function runNode(node: Node, shell: Shell): number {
  if (node.kind === "function") {
    setFunction(shell, node.name, node.body);
    return 0;
  }
  if (node.kind === "call") return runCall(node, shell);
  if (node.redirections.length === 0) return runCompound(node, shell);
  return redirected(node.redirections, shell, () => runCompound(node, shell));
}

function runCompound(node: Exclude<Node, { kind: "function" | "call" }>, shell: Shell): number {
  switch (node.kind) {
    case "group": {
      if (!node.subshell) return run(node.body, shell);
      const inner = subshell(shell);
      return runToEnd(node.body, inner, run);
    }
    case "if": {
      for (const { condition, body } of node.branches) if (test(condition, shell)) return runBody(body, shell);
      return node.otherwise === undefined ? 0 : runBody(node.otherwise, shell);
    }
    case "loop":
      return loop(shell, () => test(node.condition, shell) !== node.until, node.body);
    case "for": {
      const values = node.words === undefined ? [...shell.args] : expandAll(node.words, shell, run);
      let at = 0;
      const next = (): boolean => {
        const value = values[at++];
        if (value === undefined) return false;
        setVariable(shell, node.name, value);
        return true;
      };
      return loop(shell, next, node.body);
    }
    case "case": {
      const subject = expandText(node.subject, shell, run);
      for (const { patterns, body } of node.branches) {
        const fits = patterns.some((pattern) => patternToRegExp(expandPattern(pattern, shell, run)).test(subject));
        if (fits) return runBody(body, shell);
      }
      return 0;
    }
  }
}

function runBody(body: Script, shell: Shell): number {
  shell.status = 0;
  return run(body, shell);
}

function test(condition: Script, shell: Shell): boolean {
  const before = shell.errexit;
  shell.errexit = false;
  try {
    return run(condition, shell) === 0;
  } finally {
    shell.errexit = before;
  }
}

/** More rounds than any script of a node needs; a loop that never ends is a fault of script or model. */
const mostRounds = 100_000;

function loop(shell: Shell, next: () => boolean, body: Script): number {
  let status = 0;
  for (let round = 0; next(); round++) {
    if (round > mostRounds) throw new Error("a loop on a node of the fleet does not end");
    try {
      status = runBody(body, shell);
    } catch (thrown) {
      if (!(thrown instanceof LoopJump)) throw thrown;
      if (--thrown.levels > 0) throw thrown;
      status = 0;
      if (thrown.message === "break") break;
    }
  }
  return status;
}

function runCall(node: Node & { kind: "call" }, shell: Shell): number {
  const fields = expandAll(node.words, shell, run);
  const name = fields[0];
  if (name === undefined) {
    let status = 0;
    shell.status = 0;
    for (const { name: variable, value } of node.assignments) {
      setVariable(shell, variable, expandText(value, shell, run));
      status = shell.status;
    }
    return redirected(node.redirections, shell, () => status);
  }
  if (name === "exec" && fields.length === 1) return applyForGood(node.redirections, shell);
  const assigned = node.assignments.map(
    ({ name: variable, value }) => [variable, expandText(value, shell, run)] as const,
  );
  return node.redirections.length === 0
    ? runNamed(name, fields.slice(1), assigned, shell)
    : redirected(node.redirections, shell, () => runNamed(name, fields.slice(1), assigned, shell));
}

type Assigned = readonly (readonly [variable: string, value: string])[];

/** Runs a function, something the shell does itself, or a program. */
function runNamed(name: string, args: readonly string[], assigned: Assigned, shell: Shell): number {
  const body = shell.functions.get(name);
  if (body !== undefined) return runFunction(body, args, shell);
  const builtin = builtins[name];
  if (builtin === undefined) return runProgram(name, args, shell, assigned);
  for (const [variable, value] of assigned) setVariable(shell, variable, value);
  return builtin(args, shell, run);
}

function runFunction(body: Node, args: readonly string[], shell: Shell): number {
  const before = shell.args;
  shell.args = args;
  try {
    return runNode(body, shell);
  } catch (thrown) {
    if (thrown instanceof Return) return thrown.status;
    throw thrown;
  } finally {
    shell.args = before;
  }
}

/** Runs a program of the machine with the shell's streams. */
export function runProgram(name: string, args: readonly string[], shell: Shell, assigned: Assigned = []): number {
  const [stdin, stdout, stderr] = [shell.fds.get(0), shell.fds.get(1), shell.fds.get(2)];
  try {
    return shell.machine.perform({
      name,
      args,
      shell,
      stdin: stdin !== undefined && "data" in stdin ? stdin : input(""),
      stdout: stdout !== undefined && "write" in stdout ? stdout : nowhere,
      stderr: stderr !== undefined && "write" in stderr ? stderr : nowhere,
      variable: (wanted) => assigned.find(([variable]) => variable === wanted)?.[1] ?? shell.variables.get(wanted),
    });
  } catch (thrown) {
    if (!(thrown instanceof FileError)) throw thrown;
    if (stderr !== undefined && "write" in stderr) stderr.write(`${name}: ${thrown.message}\n`);
    return 1;
  }
}

function redirected(redirections: readonly Redirection[], shell: Shell, act: () => number): number {
  if (redirections.length === 0) return act();
  const before = redirections.map(({ fd }) => [fd, shell.fds.get(fd)] as const);
  try {
    for (const redirection of redirections) apply(redirection, shell);
  } catch (thrown) {
    restore(shell, before);
    if (!(thrown instanceof FileError)) throw thrown;
    const stderr = shell.fds.get(2);
    if (stderr !== undefined && "write" in stderr) stderr.write(`sh: ${thrown.message}\n`);
    return 2;
  }
  try {
    return act();
  } finally {
    restore(shell, before);
  }
}

function applyForGood(redirections: readonly Redirection[], shell: Shell): number {
  for (const redirection of redirections) apply(redirection, shell);
  return 0;
}

function restore(shell: Shell, before: readonly (readonly [fd: number, stream: Input | Output | undefined])[]): void {
  for (const [fd, stream] of before.toReversed()) {
    if (stream === undefined) shell.fds.delete(fd);
    else shell.fds.set(fd, stream);
  }
}

function apply({ fd, operator, target }: Redirection, shell: Shell): void {
  const word = expandText(target, shell, run);
  if (operator === "<&" || operator === ">&") {
    const stream = word === "-" ? undefined : shell.fds.get(Number(word));
    if (stream === undefined) shell.fds.delete(fd);
    else shell.fds.set(fd, stream);
    return;
  }
  const path = shell.machine.pathFrom(word, shell.folder);
  if (operator === "<") shell.fds.set(fd, input(shell.machine.readForShell(path)));
  else if (path === "/dev/null") shell.fds.set(fd, nowhere);
  else shell.fds.set(fd, shell.machine.openForWriting(path, { append: operator === ">>", mode: 0o666 & ~shell.umask }));
}
