import { chmod, mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { InstallerError } from "../engine/errors.ts";
import { type KnownHost, parseKnownHosts, typeInside } from "./known-hosts.ts";

/**
 * The entries of several known_hosts files together; files that do not exist are passed over.
 * @throws InstallerError `ssh-config-invalid` for a file that exists but cannot be read
 */
export async function readKnownHosts(files: readonly string[]): Promise<KnownHost[]> {
  const lists = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, "utf8").catch((thrown: unknown) => {
        const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
        if (code === "ENOENT" || code === "ENOTDIR") return "";
        throw unreadable(file, thrown);
      });
      return parseKnownHosts(text, file);
    }),
  );
  return lists.flat();
}

function unreadable(file: string, cause: unknown): InstallerError {
  return new InstallerError("ssh-config-invalid", {
    message: `${file} cannot be read (${cause instanceof Error ? cause.message : cause}), so host keys cannot be checked.`,
    nextSteps: [`Make it readable: \`ls -l ${file}\`, or name other files with UserKnownHostsFile in ~/.ssh/config.`],
    cause,
  });
}

/**
 * Adds a key to a known_hosts file (0600, made when absent) with one write, so that runs at the same time do not cut
 * each other's lines.
 */
export async function addKnownHost(file: string, name: string, key: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "a+", 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const separator = size > 0 && last[0] !== 10 ? "\n" : "";
    await handle.appendFile(`${separator}${name} ${typeInside(key)} ${key.toString("base64")}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(file, 0o600);
}
