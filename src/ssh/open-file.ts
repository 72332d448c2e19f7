import { createReadStream } from "node:fs";
import { Readable } from "node:stream";

const chunkBytes = 1 << 18;

/** Opens a local file of a known size for sending; so a small one takes no large buffer, and its end no further read. */
export function openFile(path: string, size: number): Readable {
  if (size === 0) return Readable.from([]);
  return createReadStream(path, { highWaterMark: chunkBytes, end: size - 1 });
}
