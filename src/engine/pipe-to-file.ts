import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

/** Where chunks come from: a stream, or something that yields them. */
type Source = AsyncIterable<Uint8Array> | (() => AsyncIterable<Uint8Array>);

export interface PipeToFileOptions {
  readonly signal?: AbortSignal;
  /** Permissions of a file that is made, 0o666 less the umask unless told. */
  readonly mode?: number;
  /** `w` to empty a file that exists, which is the default, or `wx` to refuse it. */
  readonly flags?: "w" | "wx";
  /** Bytes that may wait to be written. */
  readonly highWaterMark?: number;
}

/**
 * Writes all chunks into a file. It is there before the first one is asked for and closed at the end, so that whoever
 * removes it after a failure can be sure that it does not come into being afterwards.
 */
export async function pipeToFile(source: Source, file: string, options: PipeToFileOptions = {}): Promise<void> {
  const { signal, mode, flags = "w", highWaterMark } = options;
  signal?.throwIfAborted();
  const handle: FileHandle = await open(file, flags, mode);
  try {
    const sink = handle.createWriteStream(highWaterMark === undefined ? {} : { highWaterMark });
    await pipeline(source, sink, signal === undefined ? {} : { signal });
  } finally {
    await handle.close();
  }
}
