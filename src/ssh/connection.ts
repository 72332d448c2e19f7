import type { Client } from "ssh2";
import { InstallerError } from "../engine/errors.ts";
import { orAbort } from "./or-abort.ts";

/** A connection that comes up when it is needed and comes back after it broke. */
export interface Connection {
  /** The client, connected. @throws InstallerError as `dial` does */
  client(signal: AbortSignal): Promise<Client>;
  close(): Promise<void>;
}

/** Makes a connection that is not yet up; `dial` is called for it, and again after a loss. */
export function createConnection(dial: (signal: AbortSignal) => Promise<Client>): Connection {
  const closing = new AbortController();
  let current: Promise<Client> | undefined;
  const start = (): Promise<Client> => {
    const dialing = dial(closing.signal);
    current = dialing;
    const forget = (): void => {
      if (current === dialing) current = undefined;
    };
    dialing.then((client) => client.once("close", forget), forget);
    return dialing;
  };
  return {
    async client(signal) {
      if (closing.signal.aborted) throw closing.signal.reason;
      return orAbort(current ?? start(), signal);
    },
    async close() {
      closing.abort(new InstallerError("connection-lost", { message: "The connection was closed by this program." }));
      const client = await current?.catch(() => undefined);
      if (client === undefined) return;
      await new Promise<void>((resolve) => {
        // A client that has closed already does not say so again.
        const late = setTimeout(() => {
          client.destroy();
          resolve();
        }, 2000);
        client.once("close", () => {
          clearTimeout(late);
          resolve();
        });
        client.end();
      });
    },
  };
}
