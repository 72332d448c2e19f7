import { digestOf, digestOfFile } from "../machine/file-system.ts";
import { runProgram } from "../shell/run.ts";
import { linesOf, readAll, readBytes } from "../shell/streams.ts";
import { runAwk } from "./awk.ts";
import { type Call, type Program, parsed, unknown } from "./program.ts";
import { runSed } from "./sed.ts";

/** The text of the named files, or of standard input when none is named; what cannot be read is complained about. */
export function texts(call: Call, paths: readonly string[]): { readonly text: string; readonly missing: boolean } {
  if (paths.length === 0) return { text: readAll(call.stdin), missing: false };
  let missing = false;
  const found = paths.map((path) => {
    if (path === "-") return readAll(call.stdin);
    const text = call.shell.machine.readForProgram(call.shell.machine.pathFrom(path, call.shell.folder));
    if (text !== undefined) return text;
    missing = true;
    call.stderr.write(`${call.name}: ${path}: No such file or directory\n`);
    return "";
  });
  return { text: found.join(""), missing };
}

/** Programs that read text and print text. */
export const textPrograms: Readonly<Record<string, Program>> = {
  cat: (call) => {
    const { text, missing } = texts(call, parsed(call, []).operands);
    call.stdout.write(text);
    return missing ? 1 : 0;
  },
  tac: (call) => {
    const { text } = texts(call, parsed(call, []).operands);
    for (const line of linesOf(text).toReversed()) call.stdout.write(`${line}\n`);
    return 0;
  },
  head: (call) => {
    const { options } = parsed(call, ["-n=", "-c="]);
    const { operands } = parsed(call, ["-n=", "-c="]);
    const bytes = options.get("-c");
    if (bytes !== undefined) {
      call.stdout.write(readBytes(call.stdin, Number(bytes)));
      return 0;
    }
    const count = Number(options.get("-n") ?? 10);
    const { text, missing } = texts(call, operands);
    for (const line of linesOf(text).slice(0, count)) call.stdout.write(`${line}\n`);
    return missing ? 1 : 0;
  },
  tail: (call) => {
    const { options, operands } = parsed(call, ["-n="]);
    const { text, missing } = texts(call, operands);
    const wanted = options.get("-n") ?? "10";
    const lines = linesOf(text);
    const kept = wanted.startsWith("+") ? lines.slice(Number(wanted.slice(1)) - 1) : lines.slice(-Number(wanted));
    for (const line of Number(wanted) === 0 ? [] : kept) call.stdout.write(`${line}\n`);
    return missing ? 1 : 0;
  },
  cut: (call) => {
    const { options, operands } = parsed(call, ["-c="]);
    const [from = "", to = ""] = (options.get("-c") ?? unknown(call)).split("-");
    for (const line of linesOf(texts(call, operands).text)) {
      call.stdout.write(`${line.slice(Number(from) - 1, to === "" ? Number(from) : Number(to))}\n`);
    }
    return 0;
  },
  sort: (call) => {
    const { options, operands } = parsed(call, ["-u", "-r"]);
    const lines = [...linesOf(texts(call, operands).text)].sort();
    const wanted = options.has("-u") ? [...new Set(lines)] : lines;
    for (const line of options.has("-r") ? wanted.reverse() : wanted) call.stdout.write(`${line}\n`);
    return 0;
  },
  wc: (call) => {
    const { options, operands } = parsed(call, ["-c", "-l"]);
    const { text } = texts(call, operands);
    call.stdout.write(`${options.has("-c") ? text.length : linesOf(text).length}\n`);
    return 0;
  },
  tr: (call) => {
    const [from = "", to = ""] = call.args;
    if (from.startsWith("-")) unknown(call);
    const meant = (text: string) => text.replace(/\\n/g, "\n").replace(/\\t/g, "\t");
    call.stdout.write(readAll(call.stdin).replaceAll(meant(from), meant(to)));
    return 0;
  },
  base64: (call) => {
    const { options } = parsed(call, ["-d", "-w="]);
    const text = readAll(call.stdin);
    if (options.has("-d")) call.stdout.write(Buffer.from(text, "base64").toString("latin1"));
    else call.stdout.write(Buffer.from(text, "latin1").toString("base64") + (options.get("-w") === "0" ? "" : "\n"));
    return 0;
  },
  sha256sum: (call) => {
    const { operands } = parsed(call, []);
    if (operands.length === 0) {
      call.stdout.write(`${digestOf(readAll(call.stdin))}  -\n`);
      return 0;
    }
    let status = 0;
    for (const path of operands) {
      const file = call.shell.machine.files.find(call.shell.machine.pathFrom(path, call.shell.folder));
      if (file?.kind === "file") call.stdout.write(`${digestOfFile(file)}  ${path}\n`);
      else {
        call.stderr.write(`sha256sum: ${path}: No such file or directory\n`);
        status = 1;
      }
    }
    return status;
  },
  grep: (call) => grep(call),
  sed: (call) => runSed(call),
  awk: (call) => runAwk(call),
  zcat: (call) => unknown(call),
  xargs: (call) => {
    const { options, operands } = parsed(call, ["-r"]);
    const [name, ...args] = operands;
    const words = readAll(call.stdin).split(/\s+/).filter(Boolean);
    if (name === undefined || (words.length === 0 && options.has("-r"))) return 0;
    return runProgram(name, [...args, ...words], call.shell);
  },
};

function grep(call: Call): number {
  const known = ["-q", "-s", "-x", "-F", "-v", "-E", "-h", "-H", "-i", "-w", "-c", "-e=", "-f="];
  const { options, operands } = parsed(call, known);
  const has = (option: string) => options.has(option);
  const { files } = call.shell.machine;
  const listed = options.get("-f");
  const pattern = options.get("-e") ?? (listed === undefined ? (operands[0] ?? "") : undefined);
  const patterns = pattern === undefined ? linesOf(files.readIfThere(listed ?? "") ?? "") : [pattern];
  const paths = options.has("-e") || listed !== undefined ? operands : operands.slice(1);
  const fits = matcher(patterns, has);
  let found = 0;
  let missing = false;
  for (const path of paths.length === 0 ? ["-"] : paths) {
    const text = path === "-" ? readAll(call.stdin) : call.shell.machine.readForProgram(path);
    if (text === undefined) {
      missing = true;
      if (!has("-s")) call.stderr.write(`grep: ${path}: No such file or directory\n`);
      continue;
    }
    const lines = linesOf(text).filter((line) => fits(line) !== has("-v"));
    found += lines.length;
    if (has("-c")) call.stdout.write(`${lines.length}\n`);
    else if (!has("-q")) for (const line of lines) call.stdout.write(has("-H") ? `${path}:${line}\n` : `${line}\n`);
  }
  if (found > 0) return 0;
  return missing ? 2 : 1;
}

function matcher(patterns: readonly string[], has: (option: string) => boolean): (line: string) => boolean {
  if (patterns.length === 0) return () => false;
  const options = ["-F", "-E", "-x", "-w", "-i"].filter(has).join("");
  const key = [options, ...patterns].join("\n");
  const expression = known.get(key) ?? expressionFor(patterns, has);
  if (known.size >= mostKnown) known.clear();
  known.set(key, expression);
  return (line) => expression.test(line);
}

/** What calls of grep have looked for; machines of a fleet look for the same. */
const known = new Map<string, RegExp>();
const mostKnown = 2000;

function expressionFor(patterns: readonly string[], has: (option: string) => boolean): RegExp {
  const sources = patterns.map((pattern) => {
    const plain = pattern.replace(/[\^$.*+?()[\]{}|\\/]/g, "\\$&");
    const source = has("-F")
      ? plain
      : has("-E")
        ? pattern
        : pattern.replace(/\\\./g, "\\.").replace(/(?<!\\)[+?(){}|]/g, "\\$&");
    if (has("-x")) return `^(?:${source})$`;
    return has("-w") ? `\\b(?:${source})\\b` : source;
  });
  return new RegExp(sources.join("|"), has("-i") ? "i" : "");
}
