import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { Transform } from "node:stream";
import { InstallerError } from "../engine/errors.ts";
import type { FeedOptions } from "./host.ts";
import { openFile } from "./open-file.ts";
import type { Command, CommandResult, Transport } from "./transport.ts";

/**
 * Runs a command with a local file as its standard input. The file's end is held back until its digest is known to be
 * right, so the command never gets the whole of a wrong file.
 * @throws InstallerError `upload-damaged`, `connection-lost`
 */
export async function feedFile(
  execute: Transport["execute"],
  localPath: string,
  command: Command,
  { sha256, ...options }: FeedOptions,
): Promise<CommandResult> {
  const guard = digestGuard(sha256);
  const file = openFile(localPath, (await stat(localPath)).size);
  file.on("error", (error) => guard.stream.destroy(error));
  const result = await execute(command, { ...options, stdin: file.pipe(guard.stream) }).finally(() => file.destroy());
  const wrong = guard.wrongDigest();
  if (wrong !== undefined) throw damaged(localPath, sha256, wrong);
  return result;
}

const chunkBytes = 1 << 18;

/** Passes everything on but the last chunk, which follows only when the digest of all of it is right. */
function digestGuard(sha256: string): { stream: Transform; wrongDigest: () => string | undefined } {
  const hash = createHash("sha256");
  let held: Buffer | undefined;
  let wrong: string | undefined;
  const stream = new Transform({
    highWaterMark: chunkBytes,
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      const before = held;
      held = chunk;
      done(null, before);
    },
    flush(done) {
      const digest = hash.digest("hex");
      if (digest === sha256) return done(null, held);
      wrong = digest;
      done(new Error("wrong digest"));
    },
  });
  return { stream, wrongDigest: () => wrong };
}

function damaged(path: string, wanted: string, found: string): InstallerError {
  return new InstallerError("upload-damaged", {
    message: `${path} has the sha256 ${found}, it should be ${wanted}.`,
    likelyCause: "The local file is not the one that was expected, or it changed while it was sent.",
    nextSteps: ["Compare the file with its source, for a bundle with `kube-installer bundle verify`."],
  });
}
