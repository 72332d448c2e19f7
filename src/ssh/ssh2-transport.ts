import { setTimeout as delay } from "node:timers/promises";
import { InstallerError } from "../engine/errors.ts";
import type { Connection } from "./connection.ts";
import { downloadThroughCat } from "./download.ts";
import { executor } from "./execute.ts";
import { orAbort } from "./or-abort.ts";
import { groupSpawner } from "./process-group.ts";
import { createSemaphore } from "./semaphore.ts";
import { openSession } from "./session.ts";
import { type Command, sh } from "./shell.ts";
import type { RemoteProcess, SpawnOptions, Transport, Tunnel } from "./transport.ts";
import { openTunnel } from "./tunnel.ts";
import { uploadThroughCat } from "./upload.ts";

/** Channels with commands at once; sshd's MaxSessions is ten, two stay free for ending other commands. */
const mostSessions = 8;
const mostAttempts = 8;

/** The transport over one ssh connection. */
export function createSsh2Transport(connection: Connection): Transport {
  const places = createSemaphore(mostSessions);
  const tunnels = new Set<Tunnel>();
  const spawn: Transport["spawn"] = async (command, options) => {
    const release = options.urgent ? () => {} : await places.acquire(options.signal);
    try {
      const process = await open(connection, forAnyShell(command), options);
      process.ended.then(release, release);
      return process;
    } catch (thrown) {
      release();
      throw thrown;
    }
  };
  const execute = executor(groupSpawner(spawn));
  return {
    spawn,
    execute,
    upload: (source, remotePath, options) => uploadThroughCat(execute, source, remotePath, options),
    download: (remotePath, localPath, options) => downloadThroughCat(execute, remotePath, localPath, options),
    async tunnel(target, options) {
      const tunnel = await openTunnel(connection, target, options, () => tunnels.delete(tunnel));
      tunnels.add(tunnel);
      return tunnel;
    },
    async close() {
      await Promise.all([...tunnels].map((tunnel) => tunnel.close()));
      await connection.close();
    },
  };
}

/** Opens a channel; a server that has no more of them right now is asked again after growing random pauses. */
async function open(
  connection: Connection,
  command: Command,
  { signal, impatient }: SpawnOptions,
): Promise<RemoteProcess> {
  for (let attempt = 1; ; attempt++) {
    const client = await connection.client(signal);
    const opening = openSession(client, command);
    try {
      return await orAbort(opening, signal);
    } catch (thrown) {
      if (signal.aborted) {
        opening.then(
          (late) => late.close(),
          () => {},
        );
        throw thrown;
      }
      const error = openingFailed(thrown);
      if (error.code !== "no-channel" || impatient || attempt >= mostAttempts) throw error;
    }
    await delay(50 * 2 ** attempt * (0.5 + Math.random()), undefined, { signal });
  }
}

/** The command in a form that csh and fish pass on to sh unharmed as well: no quote, backslash or line end within. */
export function forAnyShell({ text }: Command): Command {
  const encoded = Buffer.from(text).toString("base64");
  return sh`exec sh -c ${`eval "$(echo ${encoded} | base64 -d)"`}`;
}

function openingFailed(cause: unknown): InstallerError {
  const said = cause instanceof Error ? cause.message : String(cause);
  if (/Channel open failure|Unable to exec/.test(said)) {
    return new InstallerError("no-channel", {
      message: `The ssh server does not start another command: ${said}.`,
      likelyCause: "MaxSessions in its sshd_config is very low, or the account is limited to one command.",
      nextSteps: ["Set `MaxSessions 10` in /etc/ssh/sshd_config of the machine and reload sshd."],
      cause,
    });
  }
  return new InstallerError("connection-lost", {
    message: `The connection broke off before a command could start: ${said}.`,
    nextSteps: ["Check that the machine is up and run the same command again; what is already done is kept."],
    cause,
  });
}
