import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { type Region, streamRegion } from "./region.ts";

export interface Digest {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Digests a region as it is on disk; `bytes` is what was really there. */
export async function digestRegion(region: Region, signal: AbortSignal): Promise<Digest> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of streamRegion(region)) {
    signal.throwIfAborted();
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}

export async function digestFile(file: string, signal: AbortSignal): Promise<Digest> {
  const { size } = await stat(file);
  return digestRegion({ file, offset: 0, bytes: size }, signal);
}
