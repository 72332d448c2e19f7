import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InstallerError } from "../engine/errors.ts";
import { nearest } from "./nearest.ts";
import { quote } from "./path.ts";

/** Larger files are no presets: a thousand nodes take about 200 KiB. */
const mostBytes = 1024 * 1024;

/**
 * Reads a preset file as text, without its byte order mark.
 * @throws InstallerError `preset-unreadable`
 */
export async function readPresetFile(path: string, signal: AbortSignal): Promise<string> {
  try {
    if ((await stat(path)).isDirectory()) throw await directoryError(path);
    return decode(await readUpTo(path, mostBytes, signal), path);
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown instanceof InstallerError ? thrown : await unreadable(path, thrown);
  }
}

async function readUpTo(path: string, most: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(path, { signal })) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > most) {
      throw new InstallerError("preset-unreadable", {
        message: `${quote(path)} is larger than 1 MiB, which no preset is.`,
        nextSteps: ["Check that this is the right file."],
      });
    }
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer, path: string): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "UTF-16" : bytes[0] === 0xfe && bytes[1] === 0xff ? "UTF-16" : undefined;
  try {
    if (encoding === undefined) return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // what is wrong, and where, is said below
  }
  const valid = validPrefix(bytes);
  const line = valid.split(/\r\n|\n|\r/).length;
  const column = [...(valid.split(/\r\n|\n|\r/).at(-1) ?? "")].length + 1;
  throw new InstallerError("preset-unreadable", {
    message: `${path}:${line}:${column}: not UTF-8${encoding === undefined ? "" : `, but ${encoding}`}.`,
    nextSteps: ["Save the file as UTF-8 in your editor."],
  });
}

/** The longest beginning that is valid UTF-8. */
function validPrefix(bytes: Buffer): string {
  const text = new TextDecoder("utf-8").decode(bytes);
  const broken = Array.from(text.matchAll(/\ufffd/g)).find(
    ({ index }) =>
      !bytes
        .subarray(Buffer.byteLength(text.slice(0, index)))
        .subarray(0, 3)
        .equals(Buffer.from("\ufffd")),
  );
  return text.slice(0, broken?.index ?? 0);
}

async function directoryError(path: string): Promise<InstallerError> {
  const presets = (await namesIn(path)).filter((name) => /\.ya?ml$/.test(name)).sort();
  const nextSteps =
    presets.length === 0
      ? ["Name the preset file itself."]
      : [
          `Name one of the files in it: ${presets
            .slice(0, 5)
            .map((name) => join(path, name))
            .join(", ")}`,
        ];
  return new InstallerError("preset-unreadable", {
    message: `${quote(path)} is a folder, not a preset file.`,
    nextSteps,
  });
}

async function unreadable(path: string, cause: unknown): Promise<InstallerError> {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EACCES" || code === "EPERM") {
    return new InstallerError("preset-unreadable", {
      message: `You may not read ${quote(path)}.`,
      nextSteps: [`\`ls -l ${path}\` shows who may.`],
      cause,
    });
  }
  if (code !== "ENOENT" && code !== "ENOTDIR") {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new InstallerError("preset-unreadable", { message: `${quote(path)} cannot be read: ${reason}`, cause });
  }
  const similar = nearest(basename(path), await namesIn(dirname(path)));
  return new InstallerError("preset-unreadable", {
    message: `There is no file ${quote(path)}.`,
    nextSteps: [
      ...(similar === undefined ? [] : [`Did you mean \`${join(dirname(path), similar)}\`?`]),
      "`kube-installer preset explain` shows what a preset may contain.",
    ],
    cause,
  });
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => []);
}
