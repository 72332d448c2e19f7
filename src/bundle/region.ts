import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";

/** A run of bytes in a file: a whole file, or one member of a tar. */
export interface Region {
  readonly file: string;
  readonly offset: number;
  readonly bytes: number;
}

/** Streams a region; ends early when the file is shorter than the region says. */
export function streamRegion({ file, offset, bytes }: Region): Readable {
  if (bytes === 0) return Readable.from([]);
  return createReadStream(file, { start: offset, end: offset + bytes - 1, highWaterMark: 1 << 20 });
}

/** Reads up to `length` bytes from the start of a region into memory. */
export async function readRegion(region: Region, length = region.bytes): Promise<Buffer> {
  const handle = await open(region.file);
  try {
    const wanted = Math.min(length, region.bytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted), 0, wanted, region.offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
