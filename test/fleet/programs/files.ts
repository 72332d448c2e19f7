import { type Entry, folderOf, nameOf } from "../machine/file-system.ts";
import { type Call, type Program, parsed, unknown } from "./program.ts";

const at = (call: Call, path: string): string => call.shell.machine.pathFrom(path, call.shell.folder);
const filesOf = (call: Call) => call.shell.machine.files;

function complain(call: Call, text: string): number {
  call.stderr.write(`${call.name}: ${text}\n`);
  return 1;
}

/** Programs that look at files, make, move and remove them. */
export const filePrograms: Readonly<Record<string, Program>> = {
  mkdir: (call) => {
    const { options, operands } = parsed(call, ["-p", "-m="]);
    const mode = options.has("-m") ? Number.parseInt(options.get("-m") ?? "", 8) : 0o777 & ~call.shell.umask;
    for (const path of operands) {
      const there = filesOf(call).find(at(call, path));
      if (there?.kind === "directory" && options.has("-p")) continue;
      if (there !== undefined) return complain(call, `cannot create directory '${path}': File exists`);
      call.shell.machine.needSpace();
      filesOf(call).makeDirectory(folderOf(at(call, path)), 0o777 & ~call.shell.umask);
      filesOf(call).makeDirectory(at(call, path), mode);
    }
    return 0;
  },
  rm: (call) => {
    const { options, operands } = parsed(call, ["-r", "-f"]);
    for (const path of operands) {
      const entry = filesOf(call).find(at(call, path), { follow: false });
      if (entry === undefined) {
        if (!options.has("-f")) return complain(call, `cannot remove '${path}': No such file or directory`);
      } else if (entry.kind === "directory" && !options.has("-r")) {
        return complain(call, `cannot remove '${path}': Is a directory`);
      } else filesOf(call).remove(at(call, path));
    }
    return 0;
  },
  rmdir: (call) => {
    const { options, operands } = parsed(call, ["--ignore-fail-on-non-empty"]);
    let status = 0;
    for (const path of operands) {
      const entry = filesOf(call).find(at(call, path));
      if (entry?.kind !== "directory") status = complain(call, `failed to remove '${path}': No such file or directory`);
      else if (entry.entries.size === 0) filesOf(call).remove(at(call, path));
      else if (!options.has("--ignore-fail-on-non-empty")) {
        status = complain(call, `failed to remove '${path}': Directory not empty`);
      }
    }
    return status;
  },
  mv: (call) => {
    const { operands } = parsed(call, ["-f", "-T"]);
    const [from = "", to = ""] = operands;
    filesOf(call).move(at(call, from), at(call, to));
    return 0;
  },
  cp: (call) => {
    const { operands } = parsed(call, ["-a"]);
    const [from = "", to = ""] = operands;
    const entry = filesOf(call).find(at(call, from), { follow: false });
    if (entry === undefined) return complain(call, `cannot stat '${from}': No such file or directory`);
    if (entry.kind === "directory") return unknown(call);
    call.shell.machine.needSpace();
    filesOf(call).put(at(call, to), entry);
    return 0;
  },
  ln: (call) => {
    const { operands } = parsed(call, ["-s", "-f", "-n"]);
    const [target = "", path = ""] = operands;
    if (filesOf(call).find(at(call, path), { follow: false }) !== undefined) filesOf(call).remove(at(call, path));
    filesOf(call).link(at(call, path), target);
    return 0;
  },
  chmod: (call) => {
    const [mode = "", ...paths] = parsed(call, []).operands;
    for (const path of paths) filesOf(call).alter(at(call, path), { mode: Number.parseInt(mode, 8) });
    return 0;
  },
  chown: (call) => {
    const [owner = "", ...paths] = parsed(call, []).operands;
    const named = owner.replaceAll(/\b0\b/g, "root");
    for (const path of paths) filesOf(call).alter(at(call, path), { owner: named });
    return 0;
  },
  install: (call) => {
    const { options, operands } = parsed(call, ["-d", "-m=", "-o=", "-g="]);
    if (!options.has("-d")) return unknown(call);
    for (const path of operands)
      filesOf(call).makeDirectory(at(call, path), Number.parseInt(options.get("-m") ?? "755", 8));
    return 0;
  },
  touch: (call) => {
    for (const path of parsed(call, []).operands) filesOf(call).write(at(call, path), "", { append: true });
    return 0;
  },
  sync: () => 0,
  mktemp: (call) => {
    const { options, operands } = parsed(call, ["-p="]);
    const [template = `${options.get("-p") ?? "/tmp"}/tmp.XXXXXXXXXX`] = operands;
    call.shell.machine.needSpace();
    const path = template.replace(/X+$/, (marks) => call.shell.machine.randomName(marks.length));
    filesOf(call).write(at(call, path), "", { mode: 0o600 });
    call.stdout.write(`${path}\n`);
    return 0;
  },
  stat: (call) => stat(call),
  ls: (call) => ls(call),
  find: (call) => find(call),
  df: (call) => {
    const { operands } = parsed(call, ["-P", "-T", "-k"]);
    const { totalKiB, freeKiB } = call.shell.machine.disk;
    call.stdout.write("Filesystem     Type 1024-blocks Used Available Capacity Mounted on\n");
    for (const _path of operands) {
      const used = totalKiB - freeKiB;
      call.stdout.write(`/dev/vda1 ext4 ${totalKiB} ${used} ${freeKiB} ${Math.ceil((100 * used) / totalKiB)}% /\n`);
    }
    return 0;
  },
  mountpoint: (call) => (parsed(call, ["-q"]).operands[0] === "/" ? 0 : 1),
  umount: (call) => complain(call, `${call.args[0]}: not mounted.`),
};

function stat(call: Call): number {
  const { options, operands } = parsed(call, ["-f", "-L", "-c="]);
  const format = options.get("-c") ?? unknown(call);
  let status = 0;
  for (const path of operands) {
    const entry = filesOf(call).find(at(call, path));
    if (entry === undefined) {
      status = complain(call, `cannot statx '${path}': No such file or directory`);
    } else if (options.has("-f")) {
      if (format !== "%T") unknown(call);
      call.stdout.write(`${path.startsWith("/sys/fs/cgroup") ? "cgroup2fs" : "ext2/ext3"}\n`);
    } else
      call.stdout.write(
        `${format.replace(/%(?:\.9)?([a-zA-Z])/g, (_, letter: string) => detail(entry, letter, call))}\n`,
      );
  }
  return status;
}

function detail(entry: Entry, letter: string, call: Call): string {
  if (entry.kind !== "file" && entry.kind !== "directory") return "0";
  const time = entry.changed;
  switch (letter) {
    case "a":
      return entry.mode.toString(8);
    case "u":
    case "g":
      return "0";
    case "i":
      return String(entry.inode);
    case "s":
      return String(entry.kind === "file" ? entry.size : 4096);
    case "Y":
      return call.args.some((arg) => arg.includes("%.9Y"))
        ? `${time / 1_000_000_000n}.${String(time % 1_000_000_000n).padStart(9, "0")}`
        : String(time / 1_000_000_000n);
    case "y":
      return `${new Date(Number(time / 1_000_000n)).toISOString().slice(0, 19).replace("T", " ")}.${String(time % 1_000_000_000n).padStart(9, "0")} +0000`;
    default:
      return unknown(call);
  }
}

function ls(call: Call): number {
  const { options, operands } = parsed(call, ["-A", "-d", "-l"]);
  if (options.has("-l")) return unknown(call);
  let status = 0;
  for (const path of operands.length === 0 ? [call.shell.folder] : operands) {
    const entry = filesOf(call).find(at(call, path));
    if (entry === undefined) status = complain(call, `cannot access '${path}': No such file or directory`);
    else if (options.has("-d") || entry.kind !== "directory") call.stdout.write(`${path}\n`);
    else for (const name of filesOf(call).list(at(call, path))) call.stdout.write(`${name}\n`);
  }
  return status === 0 ? 0 : 2;
}

function find(call: Call): number {
  const [folder = "", ...tests] = call.args;
  const files = filesOf(call);
  if (files.find(at(call, folder)) === undefined) return complain(call, `‘${folder}’: No such file or directory`);
  const found = [...files.walk(at(call, folder))];
  switch (tests.join(" ")) {
    case "-xdev -mindepth 1 -delete":
      for (const name of files.list(at(call, folder))) files.remove(`${at(call, folder)}/${name}`);
      return 0;
    case "! -type d -printf /%P\\n":
      for (const { path, entry } of found) {
        if (entry.kind !== "directory") call.stdout.write(`/${path.slice(at(call, folder).length + 1)}\n`);
      }
      return 0;
    case "-depth -type d -path */kubepods* -exec rmdir {} +":
      for (const { path } of found.reverse()) {
        if (path.includes("/kubepods") && nameOf(path) !== "") files.remove(path);
      }
      return 0;
    default:
      return unknown(call);
  }
}
