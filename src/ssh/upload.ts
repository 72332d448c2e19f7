import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { InstallerError } from "../engine/errors.ts";
import { commandFailed } from "./command-failed.ts";
import { openFile } from "./open-file.ts";
import { type Command, sh } from "./shell.ts";
import type { CommandResult, Transport, UploadOptions } from "./transport.ts";

/** Something that runs commands as whoever is to own the file. */
export type Execute = Transport["execute"];

const damaged = 45;

/**
 * Streams a file or bytes through `cat` into `PATH.part`, compares the sha256 there, then renames it to `PATH`.
 * Parent directories are made; a broken connection leaves the part file, which the next attempt replaces.
 * @throws InstallerError `command-failed`, `upload-damaged`
 */
export async function uploadThroughCat(
  execute: Execute,
  source: string | Buffer,
  path: string,
  options: UploadOptions,
): Promise<void> {
  const { signal, sha256 = await digestOf(source, signal), onProgress } = options;
  const part = `${path}.part`;
  const receive = sh`(umask 022; mkdir -p -- ${directoryOf(path)}) && umask 077 && rm -f -- ${part} && cat >${part}`;
  const command = sh`(${receive} && ${finishCommand(path, sha256, options)}) || { code=$?; rm -f -- ${part}; exit $code; }`;
  const total = Buffer.isBuffer(source) ? source.length : (await stat(source)).size;
  const bytes = Buffer.isBuffer(source) ? Readable.from([source]) : openFile(source, total);
  const stdin = onProgress === undefined ? bytes : bytes.compose(counter((sent) => onProgress(sent, total)));
  finished(command, path, sha256, await execute(command, { signal, stdin }));
}

/** Compares the digest of `PATH.part` on the machine and gives it its mode and its name. */
export async function finishUpload(
  execute: Execute,
  path: string,
  options: UploadOptions & { readonly sha256: string },
): Promise<void> {
  const part = `${path}.part`;
  const command = sh`(${finishCommand(path, options.sha256, options)}) || { code=$?; rm -f -- ${part}; exit $code; }`;
  finished(command, path, options.sha256, await execute(command, { signal: options.signal }));
}

/** The lower-case hex sha256 of a local file or of bytes. */
export async function digestOf(source: string | Buffer, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(open(source), hash, { signal });
  return hash.digest("hex");
}

/** Permission bits as chmod reads them. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

/** The directory part of a remote path. */
export function directoryOf(path: string): string {
  return path.replace(/[^/]*$/, "") || ".";
}

function finishCommand(path: string, sha256: string, { mode = 0o644 }: UploadOptions): Command {
  const part = `${path}.part`;
  return sh`{ [ "$(sha256sum <${part})" = ${`${sha256}  -`} ] || { sha256sum <${part} >&2; exit ${damaged}; }; } &&
    chmod ${octal(mode)} ${part} && sync ${part} && mv -fT -- ${part} ${path}`;
}

function finished(command: Command, path: string, sha256: string, result: CommandResult): void {
  if (result.exitCode === 0) return;
  if (result.exitCode !== damaged) throw commandFailed(command, result);
  throw new InstallerError("upload-damaged", {
    message: `${path} arrived with the sha256 ${result.stderr.trim().split(/\s/, 1)[0]}, it should be ${sha256}.`,
    likelyCause: "The local file is not the one that was expected, or it changed while it was sent.",
    nextSteps: ["Compare the local file with its source, for a bundle with `kube-installer bundle verify`."],
  });
}

function open(source: string | Buffer): Readable {
  return Buffer.isBuffer(source) ? Readable.from([source]) : createReadStream(source, { highWaterMark: 1 << 18 });
}

function counter(onCount: (bytes: number) => void): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      onCount(bytes);
      done(null, chunk);
    },
  });
}
