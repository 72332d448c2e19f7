import { setTimeout as delay } from "node:timers/promises";
import type { Connection } from "./connection.ts";
import { downloadThroughCat } from "./download.ts";
import { collectProcess } from "./execute.ts";
import { createSemaphore } from "./semaphore.ts";
import { openSession } from "./session.ts";
import { sh } from "./shell.ts";
import type { RemoteProcess, Transport, Tunnel } from "./transport.ts";
import { openTunnel } from "./tunnel.ts";
import { uploadThroughCat } from "./upload.ts";

/** Channels with commands at once; sshd's MaxSessions is ten, two stay free for ending other commands. */
const mostSessions = 8;
const mostAttempts = 8;

/** The transport over one ssh connection. */
export function createSsh2Transport(connection: Connection): Transport {
  const places = createSemaphore(mostSessions);
  const tunnels = new Set<Tunnel>();
  const transport: Transport = {
    async spawn(command, { signal, urgent = false }) {
      const release = urgent ? () => {} : await places.acquire(signal);
      try {
        const process = await open(connection, sh`exec sh -c ${command.text}`, signal);
        process.ended.then(release, release);
        return process;
      } catch (thrown) {
        release();
        throw thrown;
      }
    },
    execute: async (command, options) =>
      collectProcess(await transport.spawn(command, { signal: options.signal }), options),
    upload: (source, remotePath, options) => uploadThroughCat(transport.execute, source, remotePath, options),
    download: (remotePath, localPath, options) => downloadThroughCat(transport.execute, remotePath, localPath, options),
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
  return transport;
}

/** Opens a channel; a server that has no more of them right now is asked again after growing random pauses. */
async function open(
  connection: Connection,
  command: ReturnType<typeof sh>,
  signal: AbortSignal,
): Promise<RemoteProcess> {
  for (let attempt = 1; ; attempt++) {
    const client = await connection.client(signal);
    try {
      return await openSession(client, command);
    } catch (thrown) {
      const busy = thrown instanceof Error && /Channel open failure/.test(thrown.message);
      if (!busy || attempt >= mostAttempts) throw thrown;
    }
    await delay(50 * 2 ** attempt * (0.5 + Math.random()), undefined, { signal });
  }
}
