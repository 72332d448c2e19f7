import { stat } from "node:fs/promises";
import { pipeToFile } from "../../engine/pipe-to-file.ts";
import { streamRegion } from "../region.ts";
import { blockSize, fileHeader, paddingOf } from "./header.ts";

/** A file to put into a tar: its content itself, or the path of a file that has it. */
export type TarInput = { readonly name: string; readonly mode?: number } & (
  | { readonly content: Buffer }
  | { readonly file: string }
);

/** Writes a tar of regular files; the same input gives the same bytes. */
export async function writeTar(out: string, inputs: readonly TarInput[], signal: AbortSignal): Promise<void> {
  await pipeToFile(tarBytes(inputs), out, { signal, highWaterMark: 1 << 20 });
}

async function* tarBytes(inputs: readonly TarInput[]): AsyncGenerator<Buffer> {
  for (const input of inputs) {
    const size = "content" in input ? input.content.length : (await stat(input.file)).size;
    yield fileHeader(input.name, size, input.mode ?? 0o644);
    if ("content" in input) yield input.content;
    else yield* wholeFile(input.file, size);
    yield Buffer.alloc(paddingOf(size));
  }
  yield Buffer.alloc(2 * blockSize);
}

async function* wholeFile(file: string, size: number): AsyncGenerator<Buffer> {
  let seen = 0;
  for await (const chunk of streamRegion({ file, offset: 0, bytes: size })) {
    seen += chunk.length;
    yield chunk;
  }
  if (seen !== size) throw new Error(`${file} became shorter while it was read`);
}
