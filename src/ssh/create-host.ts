import { type InstallerError, toInstallerError } from "../engine/errors.ts";
import type { Secret } from "../engine/secret.ts";
import { seconds } from "../engine/time.ts";
import { stdinBytes } from "./collect.ts";
import { commandFailed } from "./command-failed.ts";
import { downloadThroughCat } from "./download.ts";
import { executor } from "./execute.ts";
import { feedFile } from "./feed.ts";
import type { Host, HostCommandOptions } from "./host.ts";
import { readFileAsRoot, writeFileAsRoot } from "./host-files.ts";
import type { SpawnGrouped } from "./process-group.ts";
import { rootSpawner } from "./root.ts";
import type { RootShell } from "./root-shell.ts";
import { createShellPool, type ShellPool } from "./shell-pool.ts";
import type { Command, Transport } from "./transport.ts";
import { uploadThroughCat } from "./upload.ts";

export interface HostOptions {
  /** How the machine is called in errors. */
  readonly name: string;
  readonly sudoPassword?: Secret;
}

/** Root shells at once; with what else needs a channel this stays below sshd's usual limit of ten. */
const mostShells = 6;

/** How long a root shell may take to begin a command that only looks before another shell is tried. */
const beginPatience = seconds(15);

/** Puts root's view of a machine on a transport. Nothing is sent before the first command. */
export function createHost(transport: Transport, { name, sudoPassword }: HostOptions): Host {
  const spawnRoot = rootSpawner(transport, sudoPassword);
  const pool = createShellPool(spawnRoot, mostShells);
  const urgentPool = createShellPool(
    (command, options) => spawnRoot(command, { ...options, urgent: true, impatient: true }),
    1,
  );
  const spawnBesideShells: SpawnGrouped = async (command, options) => {
    try {
      return await spawnRoot(command, { ...options, impatient: true });
    } catch (thrown) {
      if (toInstallerError(thrown).code !== "no-channel") throw thrown;
      pool.closeIdle();
      urgentPool.closeIdle();
      return spawnRoot(command, options);
    }
  };
  const execute = executor(spawnBesideShells);

  const withUrgentShell: ShellPool["withShell"] = async (signal, use) => {
    let granted = false;
    try {
      return await urgentPool.withShell(signal, (shell) => {
        granted = true;
        return use(shell);
      });
    } catch (thrown) {
      if (granted || toInstallerError(thrown).code !== "no-channel") throw thrown;
      return pool.withShell(signal, use);
    }
  };
  const perform = async (command: Command, options: HostCommandOptions, beginWithin?: number) => {
    const { stdin, allow = [], urgent = false, ...others } = options;
    const inShell = (shell: RootShell) =>
      shell.perform(command, {
        ...others,
        ...(stdin === undefined ? {} : { stdin: stdinBytes(stdin) }),
        ...(beginWithin === undefined ? {} : { beginWithin }),
      });
    const result = await (urgent ? withUrgentShell(options.signal, inShell) : pool.withShell(options.signal, inShell));
    if (result.exitCode === 0 || (result.exitCode !== null && allow.includes(result.exitCode))) return result;
    throw commandFailed(command, result);
  };
  const named = async <T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      throw toInstallerError(thrown).at({ node: name });
    }
  };
  const host: Host = {
    name,
    transport,
    becomeRoot: ({ signal }) => named(signal, () => pool.withShell(signal, async () => {})),
    run: (command, options) => named(options.signal, () => perform(command, options)),
    read: (command, options) =>
      named(options.signal, async () => {
        try {
          return await perform(command, options, beginPatience);
        } catch (thrown) {
          if (options.signal.aborted || !isConnectionLost(thrown)) throw thrown;
          return await perform(command, options, beginPatience);
        }
      }),
    readFile: (path, options) => readFileAsRoot(host, path, options),
    writeFile: (path, content, options) => writeFileAsRoot(host, path, content, options),
    upload: (localPath, path, options) =>
      named(options.signal, () => uploadThroughCat(execute, localPath, path, options)),
    feed: (localPath, command, options) =>
      named(options.signal, async () => {
        const result = await feedFile(execute, localPath, command, options);
        if (result.exitCode === 0) return result;
        throw commandFailed(command, result);
      }),
    download: (path, localPath, options) =>
      named(options.signal, () => downloadThroughCat(execute, path, localPath, options)),
    async close() {
      pool.close();
      urgentPool.close();
      await transport.close();
    },
  };
  return host;
}

function isConnectionLost(thrown: unknown): thrown is InstallerError {
  return toInstallerError(thrown).code === "connection-lost";
}
