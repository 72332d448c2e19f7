import { type FileHandle, open } from "node:fs/promises";
import type { Region } from "../region.ts";
import { blockSize, paddingOf, parseHeader } from "./header.ts";

/** One member of a tar and where its content lies; nothing is unpacked. */
export interface TarMember {
  readonly name: string;
  readonly kind: "file" | "directory" | "other";
  readonly content: Region;
}

/**
 * Lists a tar without unpacking anything; the tar may itself be a member of another.
 * @throws Error when it is no tar, is damaged, or ends before its end-of-archive block
 */
export async function listTar(archive: Region): Promise<TarMember[]> {
  const handle = await open(archive.file);
  try {
    const members: TarMember[] = [];
    for await (const member of walk(handle, archive)) members.push(member);
    return members;
  } finally {
    await handle.close();
  }
}

async function* walk(handle: FileHandle, archive: Region): AsyncGenerator<TarMember> {
  const end = archive.offset + archive.bytes;
  let position = archive.offset;
  let additions: Additions = {};
  for (;;) {
    const header = parseHeader(await readExactly(handle, position, blockSize, end));
    if (header === undefined) return;
    const size = header.type === "x" || header.type === "L" ? header.size : (additions.size ?? header.size);
    const content: Region = { file: archive.file, offset: position + blockSize, bytes: size };
    position = content.offset + size + paddingOf(size);
    if ("xgLK".includes(header.type)) {
      if (size > 1 << 20) throw new Error("a tar header is followed by more than 1 MiB of additions");
      const text = await readExactly(handle, content.offset, size, end);
      if (header.type === "x") additions = { ...additions, ...parsePax(text) };
      if (header.type === "L") additions = { ...additions, path: text.toString("utf8").replace(/\0.*$/s, "") };
      continue;
    }
    const kind = header.type === "0" ? "file" : header.type === "5" ? "directory" : "other";
    yield { name: additions.path ?? header.name, kind, content };
    additions = {};
  }
}

interface Additions {
  path?: string;
  size?: number;
}

/** Reads records of the form `LENGTH key=value\n`, keeping the two keys that change what a member is. */
function parsePax(records: Buffer): Additions {
  const additions: Additions = {};
  for (let start = 0; start < records.length; ) {
    const length = Number.parseInt(records.toString("latin1", start, start + 20), 10);
    if (!(length > 4)) throw new Error("a tar header is followed by damaged additions");
    const record = records.toString("utf8", start, start + length - 1);
    const [, key, value] = /^\d+ ([^=]+)=(.*)$/s.exec(record) ?? [];
    if (key === "path" && value !== undefined) additions.path = value;
    if (key === "size" && /^\d+$/.test(value ?? "")) additions.size = Number(value);
    start += length;
  }
  return additions;
}

async function readExactly(handle: FileHandle, position: number, length: number, end: number): Promise<Buffer> {
  if (position + length > end) throw truncated();
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw truncated();
  return buffer;
}

function truncated(): Error {
  return new Error("the tar is truncated");
}
