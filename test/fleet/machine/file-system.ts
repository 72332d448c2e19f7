import { createHash } from "node:crypto";

/** A regular file; its content is one character per byte. Immutable: writing puts a new one in its place. */
export interface File {
  readonly kind: "file";
  /** Absent for large files, of which only size and digest are kept. */
  readonly content: string | undefined;
  readonly size: number;
  readonly sha256: string | undefined;
  readonly mode: number;
  readonly owner: string;
  readonly inode: number;
  /** Nanoseconds since the epoch. */
  readonly changed: bigint;
}

export interface Link {
  readonly kind: "link";
  readonly target: string;
}

/** A socket or a device: it exists, and nothing is read from it. */
export interface Special {
  readonly kind: "socket" | "device";
  readonly changed: bigint;
}

export interface Directory {
  readonly kind: "directory";
  readonly entries: Map<string, Entry>;
  mode: number;
  owner: string;
  readonly inode: number;
  changed: bigint;
  /** The names of its entries in their order, once asked for, until one comes or goes. */
  names: readonly string[] | undefined;
  /** Whose directory this is; one of another file system, or of a time before a copy was made, is copied before it is changed. */
  readonly home: object;
}

export type Entry = File | Link | Special | Directory;

/** Files larger than this are kept as size and digest. */
const mostKept = 1 << 20;

let inodes = 1000;
let lastTime = 0n;

/** Times differ from write to write, as on a file system with nanoseconds. */
function now(): bigint {
  const time = BigInt(Date.now()) * 1_000_000n;
  lastTime = time > lastTime ? time : lastTime + 1n;
  return lastTime;
}

/** A failed operation, as the programs of a system report it. */
export class FileError extends Error {
  override readonly name = "FileError";
}

/**
 * The files of one machine. Directories are shared with the file system this one was copied from until they change, so a
 * thousand machines cost little more than one.
 */
export class FileSystem {
  #root: Directory;
  /** What was found where, links followed, since the last change: clusters ask each machine for the same few files. */
  readonly #found = new Map<string, Entry | undefined>();

  /** Stands for this file system since it was last copied. */
  #home: object = {};

  constructor(origin?: FileSystem) {
    this.#root = origin === undefined ? this.#newDirectory(0o755) : origin.#root;
    if (origin !== undefined) origin.#home = {};
  }

  /** The entry at a path, symbolic links followed unless told otherwise. */
  find(path: string, { follow = true } = {}): Entry | undefined {
    if (!follow) return this.#walkTo(path, false, 0);
    const known = this.#found.get(path);
    if (known !== undefined || this.#found.has(path)) return known;
    const entry = this.#walkTo(path, true, 0);
    this.#found.set(path, entry);
    return entry;
  }

  #walkTo(path: string, follow: boolean, depth: number): Entry | undefined {
    if (depth > 20) return undefined;
    let entry: Entry | undefined = this.#root;
    const parts = partsOf(path);
    for (let index = 0; index < parts.length; index++) {
      if (entry?.kind !== "directory") return undefined;
      entry = entry.entries.get(parts[index] ?? "");
      if (entry?.kind === "link" && (follow || index < parts.length - 1)) {
        const target: string = entry.target.startsWith("/")
          ? entry.target
          : `/${[...parts.slice(0, index), entry.target].join("/")}`;
        const rest = parts.slice(index + 1);
        return this.#walkTo([target, ...rest].join("/"), follow, depth + 1);
      }
    }
    return entry;
  }

  exists(path: string): boolean {
    return this.find(path) !== undefined;
  }

  isDirectory(path: string): boolean {
    return this.find(path)?.kind === "directory";
  }

  /** The content of a file. @throws FileError when there is none, or too large a one */
  read(path: string): string {
    const entry = this.find(path);
    if (entry === undefined) throw new FileError(`${path}: No such file or directory`);
    if (entry.kind === "directory") throw new FileError(`${path}: Is a directory`);
    if (entry.kind !== "file") return "";
    if (entry.content === undefined) throw new FileError(`${path}: the fleet does not keep files this large`);
    return entry.content;
  }

  /** The content of a file, or undefined when there is none. */
  readIfThere(path: string): string | undefined {
    return this.find(path)?.kind === "file" ? this.read(path) : undefined;
  }

  list(path: string): readonly string[] {
    const entry = this.find(path);
    if (entry?.kind !== "directory") return [];
    entry.names ??= [...entry.entries.keys()].sort();
    return entry.names;
  }

  /** Writes a file as a shell's redirection does: the folder must be there, mode and owner of an old file stay. */
  write(path: string, content: string, { mode = 0o644, append = false, owner = "root:root" } = {}): void {
    const old = this.find(path);
    if (old?.kind === "directory") throw new FileError(`${path}: Is a directory`);
    if (old?.kind === "device") return;
    const before = append && old?.kind === "file" ? (old.content ?? "") : "";
    const text = before + content;
    const large = text.length > mostKept;
    this.put(path, {
      kind: "file",
      content: large ? undefined : text,
      size: text.length,
      sha256: large ? digestOf(text) : undefined,
      mode: old?.kind === "file" ? old.mode : mode,
      owner: old?.kind === "file" ? old.owner : owner,
      inode: old?.kind === "file" ? old.inode : inodes++,
      changed: now(),
    });
  }

  /** Writes a file and makes the folders above it. */
  plant(path: string, content: string, mode = 0o644): void {
    this.makeDirectory(folderOf(path));
    this.write(path, content, { mode });
  }

  socket(path: string): void {
    this.makeDirectory(folderOf(path));
    this.put(path, { kind: "socket", changed: now() });
  }

  device(path: string): void {
    this.makeDirectory(folderOf(path));
    this.put(path, { kind: "device", changed: now() });
  }

  link(path: string, target: string): void {
    this.#place(this.#real(path), { kind: "link", target });
  }

  /** Puts an entry where a path leads to, through links. */
  put(path: string, entry: Entry): void {
    this.#place(this.#resolve(path), entry);
  }

  #place(path: string, entry: Entry): void {
    const folder = this.#own(folderOf(path));
    const name = nameOf(path);
    if (!folder.entries.has(name)) folder.names = undefined;
    folder.entries.set(name, entry);
    folder.changed = now();
  }

  /** Makes a folder and those above it. */
  makeDirectory(path: string, mode = 0o755): void {
    let at = "";
    for (const part of partsOf(path)) {
      at = `${at}/${part}`;
      const entry = this.find(at);
      if (entry === undefined) this.put(at, this.#newDirectory(mode));
      else if (entry.kind !== "directory") throw new FileError(`cannot create directory '${path}': File exists`);
    }
  }

  remove(path: string): void {
    const place = this.#real(path);
    const folder = this.#own(folderOf(place));
    folder.entries.delete(nameOf(place));
    folder.names = undefined;
    folder.changed = now();
  }

  move(from: string, to: string): void {
    const entry = this.find(from, { follow: false });
    if (entry === undefined) throw new FileError(`cannot stat '${from}': No such file or directory`);
    this.remove(from);
    const place = this.#real(to);
    const folder = this.#own(folderOf(place));
    folder.entries.set(nameOf(place), entry);
    folder.names = undefined;
  }

  /** Changes mode or owner. */
  alter(path: string, { mode, owner }: { mode?: number; owner?: string }): void {
    const entry = this.find(path);
    if (entry === undefined) throw new FileError(`cannot access '${path}': No such file or directory`);
    if (entry.kind === "directory") {
      const own = this.#own(path);
      if (mode !== undefined) own.mode = mode;
      if (owner !== undefined) own.owner = owner;
    } else if (entry.kind === "file") {
      this.put(path, { ...entry, ...(mode === undefined ? {} : { mode }), ...(owner === undefined ? {} : { owner }) });
    }
  }

  /** Every path below a folder, the folder's own left out, outer ones first; links are not followed. */
  *walk(path: string): Generator<{ readonly path: string; readonly entry: Entry }> {
    const entry = this.find(path);
    if (entry?.kind !== "directory") return;
    const prefix = path === "/" ? "" : path.replace(/\/$/, "");
    for (const [name, child] of [...entry.entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
      yield { path: `${prefix}/${name}`, entry: child };
      if (child.kind === "directory") yield* this.walk(`${prefix}/${name}`);
    }
  }

  /** Replaces a folder by the one of another file system, as a mount or a reboot does. */
  takeOver(path: string, other: FileSystem): void {
    const entry = other.find(path);
    if (entry !== undefined) this.put(path, entry);
    else if (this.exists(path)) this.remove(path);
  }

  #newDirectory(mode: number): Directory {
    return {
      kind: "directory",
      entries: new Map(),
      mode,
      owner: "root:root",
      inode: inodes++,
      changed: now(),
      names: undefined,
      home: this.#home,
    };
  }

  /** The path with links resolved, the last part included. */
  #resolve(path: string): string {
    const real = this.#real(path);
    const entry = this.find(real, { follow: false });
    if (entry?.kind !== "link") return real;
    return this.#resolve(entry.target.startsWith("/") ? entry.target : `${folderOf(real)}/${entry.target}`);
  }

  /** The path with links in the folders above it resolved. */
  #real(path: string): string {
    const parts = partsOf(path);
    let at = "";
    for (const part of parts.slice(0, -1)) {
      const entry = this.find(`${at}/${part}`, { follow: false });
      at =
        entry?.kind === "link"
          ? entry.target.startsWith("/")
            ? entry.target
            : `${at}/${entry.target}`
          : `${at}/${part}`;
    }
    return `${at}/${parts.at(-1) ?? ""}`;
  }

  /** The folder at a path with everything on the way to it belonging to this file system. */
  #own(path: string): Directory {
    this.#found.clear();
    if (this.#root.home !== this.#home) this.#root = this.#copy(this.#root);
    let folder = this.#root;
    for (const part of partsOf(path)) {
      const entry = folder.entries.get(part);
      if (entry?.kind !== "directory") throw new FileError(`${path}: No such file or directory`);
      const own = entry.home === this.#home ? entry : this.#copy(entry);
      if (own !== entry) folder.entries.set(part, own);
      folder = own;
    }
    return folder;
  }

  #copy(directory: Directory): Directory {
    return { ...directory, entries: new Map(directory.entries), home: this.#home };
  }
}

export function digestOf(content: string): string {
  return createHash("sha256").update(content, "latin1").digest("hex");
}

export function digestOfFile(file: File): string {
  return file.sha256 ?? digestOf(file.content ?? "");
}

export function folderOf(path: string): string {
  return path.replace(/\/+[^/]*\/*$/, "") || "/";
}

export function nameOf(path: string): string {
  return partsOf(path).at(-1) ?? "";
}

const knownParts = new Map<string, readonly string[]>();
const mostKnown = 20_000;

/** The names a path is made of; machines of a fleet ask for the same paths. */
function partsOf(path: string): readonly string[] {
  const known = knownParts.get(path);
  if (known !== undefined) return known;
  const parts = splitAtSlashes(path);
  if (knownParts.size >= mostKnown) knownParts.clear();
  knownParts.set(path, parts);
  return parts;
}

function splitAtSlashes(path: string): readonly string[] {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts;
}
