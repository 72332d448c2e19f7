import { InstallerError } from "../engine/errors.ts";
import type { Secret } from "../engine/secret.ts";
import { stdinBytes } from "./collect.ts";
import type { Host, WriteFileOptions } from "./host.ts";
import { sh } from "./shell.ts";
import { directoryOf, octal } from "./upload.ts";

const absent = 44;
const mostBytes = 16 * 1024 * 1024;

/** Reads a text file as root; undefined when it does not exist. */
export async function readFileAsRoot(
  host: Pick<Host, "read" | "name">,
  path: string,
  { signal }: { signal: AbortSignal },
): Promise<string | undefined> {
  const result = await host.read(sh`[ -e ${path} ] || exit ${absent}; exec cat -- ${path}`, {
    signal,
    allow: [absent],
    keep: mostBytes + 1,
  });
  if (result.exitCode === absent) return undefined;
  if (Buffer.byteLength(result.stdout) > mostBytes) {
    throw new InstallerError("command-failed", {
      message: `${path} is larger than 16 MiB; it is no file this program expects there.`,
      node: host.name,
    });
  }
  return result.stdout;
}

/**
 * Writes a file as root. The content travels through standard input and replaces the old one in one rename, and only
 * when every byte has arrived.
 */
export async function writeFileAsRoot(
  host: Pick<Host, "run">,
  path: string,
  content: string | Buffer | Secret,
  { signal, mode = 0o644, owner = "root:root" }: WriteFileOptions,
): Promise<void> {
  const bytes = stdinBytes(content);
  const part = `${path}.part`;

  const write = sh`(umask 022; mkdir -p -- ${directoryOf(path)}) &&
    umask 077 && rm -f -- ${part} && cat >${part} &&
    [ "$(wc -c <${part})" -eq ${bytes.length} ] &&
    chown ${owner} ${part} && chmod ${octal(mode)} ${part} && sync ${part} && mv -fT -- ${part} ${path}`;
  await host.run(sh`(${write}) || { code=$?; rm -f -- ${part}; exit $code; }`, { signal, stdin: bytes });
}
