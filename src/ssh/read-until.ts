import type { Readable } from "node:stream";
import { onAbort } from "./or-abort.ts";

export interface Found {
  /** Which of the markers came first, or undefined when the stream ended before any. */
  readonly marker: string | undefined;
  /** What stood before it, the last of it when it was long. */
  readonly before: string;
}

/** Bytes that are kept of what comes before a marker: enough to tell what a machine said, however much it says. */
const kept = 64 * 1024;

/**
 * Reads a stream up to and including the first of some markers and leaves the rest in the stream.
 * The reason of an aborted signal rejects the promise.
 */
export async function readUntil(stream: Readable, markers: readonly string[], signal: AbortSignal): Promise<Found> {
  let seen = Buffer.alloc(0);
  for (;;) {
    const chunk = await nextChunk(stream, signal);
    if (chunk === undefined) return { marker: undefined, before: seen.toString("utf8") };
    seen = Buffer.concat([seen, chunk]);
    const hits = markers
      .map((marker) => ({ marker, at: seen.indexOf(marker) }))
      .filter(({ at }) => at >= 0)
      .sort((one, other) => one.at - other.at);
    const [first] = hits;
    if (first === undefined) {
      seen = seen.subarray(Math.max(0, seen.length - kept));
      continue;
    }
    const rest = seen.subarray(first.at + Buffer.byteLength(first.marker));
    if (rest.length > 0) stream.unshift(rest);
    return { marker: first.marker, before: seen.subarray(0, first.at).toString("utf8") };
  }
}

async function nextChunk(stream: Readable, signal: AbortSignal): Promise<Buffer | undefined> {
  for (;;) {
    signal.throwIfAborted();
    const chunk: Buffer | null = stream.read();
    if (chunk !== null) return chunk;
    if (stream.readableEnded || stream.destroyed) return undefined;
    await new Promise<void>((resolve, reject) => {
      const settle = (finish: () => void) => () => {
        stream.off("readable", onReadable).off("end", onReadable).off("close", onReadable);
        forget();
        finish();
      };
      const onReadable = settle(resolve);
      const forget = onAbort(
        signal,
        settle(() => reject(signal.reason)),
      );
      stream.on("readable", onReadable).on("end", onReadable).on("close", onReadable);
    });
  }
}
