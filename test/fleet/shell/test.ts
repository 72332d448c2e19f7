import type { Entry } from "../machine/file-system.ts";
import type { Shell } from "./state.ts";

const about: Readonly<Record<string, (entry: Entry | undefined) => boolean>> = {
  "-e": (entry) => entry !== undefined,
  "-f": (entry) => entry?.kind === "file",
  "-d": (entry) => entry?.kind === "directory",
  "-S": (entry) => entry?.kind === "socket",
  "-s": (entry) => entry?.kind === "file" && entry.size > 0,
  "-r": (entry) => entry !== undefined,
  "-w": (entry) => entry?.kind !== "file" || (entry.mode & 0o200) !== 0,
  "-x": (entry) => entry?.kind === "directory" || (entry?.kind === "file" && (entry.mode & 0o111) !== 0),
};

const numbers: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "-eq": (left, right) => left === right,
  "-ne": (left, right) => left !== right,
  "-lt": (left, right) => left < right,
  "-le": (left, right) => left <= right,
  "-gt": (left, right) => left > right,
  "-ge": (left, right) => left >= right,
};

/** What `test` and `[` say. */
export function judge(args: readonly string[], shell: Shell): boolean {
  const [first = "", second = "", third = ""] = args;
  if (args.length === 0) return false;
  if (first === "!" && args.length > 1) return !judge(args.slice(1), shell);
  if (args.length === 1) return first !== "";
  if (args.length === 2) {
    if (first === "-n") return second !== "";
    if (first === "-z") return second === "";
    const path = shell.machine.pathFrom(second, shell.folder);
    if (first === "-L" || first === "-h") return shell.machine.files.find(path, { follow: false })?.kind === "link";
    const look = about[first];
    if (look === undefined) throw new Error(`the fleet's shell does not know "test ${first}"`);
    return look(shell.machine.files.find(path));
  }
  if (args.length === 3) {
    if (second === "=") return first === third;
    if (second === "!=") return first !== third;
    if (second === "-nt") return changed(first, shell) > changed(third, shell);
    const compare = numbers[second];
    if (compare !== undefined) return compare(Number(first), Number(third));
  }
  throw new Error(`the fleet's shell does not know "test ${args.join(" ")}"`);
}

function changed(path: string, shell: Shell): bigint {
  const entry = shell.machine.files.find(shell.machine.pathFrom(path, shell.folder));
  return entry === undefined || entry.kind === "link" ? -1n : entry.changed;
}
