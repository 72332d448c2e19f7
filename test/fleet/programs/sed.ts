import { linesOf } from "../shell/streams.ts";
import { type Call, parsed, unknown } from "./program.ts";
import { texts } from "./text.ts";

/**
 * `sed` with one substitution, with the number of a line, with the one script that cuts the first certificate out of a
 * file, or deleting whole lines of a file in place.
 */
export function runSed(call: Call): number {
  const { options, operands } = parsed(call, ["-n", "-i"]);
  const [script = "", ...paths] = operands;
  if (options.has("-i")) return deleteInPlace(call, script, paths);
  const { text, missing } = texts(call, paths);
  const quiet = options.has("-n");
  if (script === "/BEGIN CERTIFICATE/,/END CERTIFICATE/p;/END CERTIFICATE/q" && quiet) {
    const certificate = /^.*BEGIN CERTIFICATE[\s\S]*?END CERTIFICATE.*$/m.exec(text)?.[0];
    if (certificate !== undefined) call.stdout.write(`${certificate}\n`);
    return missing ? 2 : 0;
  }
  const [, number] = /^(\d+)p$/.exec(script) ?? [];
  if (number !== undefined && quiet) {
    const line = linesOf(text)[Number(number) - 1];
    if (line !== undefined) call.stdout.write(`${line}\n`);
    return missing ? 2 : 0;
  }
  const [, pattern, replacement = "", flags = ""] =
    /^s\/((?:[^/\\]|\\.)*)\/((?:[^/\\]|\\.)*)\/([gp]*)$/.exec(script) ?? [];
  if (pattern === undefined) return unknown(call);
  const expression = new RegExp(pattern, flags.includes("g") ? "g" : "");
  for (const line of linesOf(text)) {
    const fits = expression.test(line);
    expression.lastIndex = 0;
    if (quiet && !(fits && flags.includes("p"))) continue;
    call.stdout.write(
      `${fits ? line.replace(expression, replacement.replaceAll("$", "$$$$").replaceAll("\\/", "/")) : line}\n`,
    );
  }
  return missing ? 2 : 0;
}

function deleteInPlace(call: Call, script: string, paths: readonly string[]): number {
  const [, line] = /^\/\^(\w+)\$\/d$/.exec(script) ?? [];
  const [path] = paths;
  if (line === undefined || path === undefined || paths.length > 1) return unknown(call);
  const { text, missing } = texts(call, paths);
  if (missing) return 2;
  const { machine, folder } = call.shell;
  const kept = linesOf(text).filter((one) => one !== line);
  machine.files.write(machine.pathFrom(path, folder), kept.map((one) => `${one}\n`).join(""));
  return 0;
}
