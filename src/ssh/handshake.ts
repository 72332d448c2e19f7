import { Client, type ConnectConfig } from "ssh2";
import { onAbort } from "./or-abort.ts";

/** How far a connection attempt got; tells where it failed. */
export type Stage = "connect" | "greet" | "agree on keys" | "log in";

/** Why a connection attempt failed, as ssh2 or the socket reported it, and at which stage. */
export class HandshakeFailure extends Error {
  override readonly name = "HandshakeFailure";
  readonly stage: Stage;

  constructor(stage: Stage, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.stage = stage;
  }
}

/** The time one attempt may take; standing still while a person is asked something. */
export interface Patience {
  pause(): void;
  resume(): void;
}

export interface HandshakeOptions {
  readonly config: ConnectConfig;
  readonly signal: AbortSignal;
  /** Milliseconds without the time a person takes to answer. */
  readonly timeout: number;
  readonly onPatience: (patience: Patience) => void;
}

/**
 * One attempt to connect and log in.
 * @throws HandshakeFailure, or the signal's reason
 */
export async function handshake({ config, signal, timeout, onPatience }: HandshakeOptions): Promise<Client> {
  signal.throwIfAborted();
  const client = new Client();
  let stage: Stage = "connect";
  let timer: NodeJS.Timeout | undefined;
  let forget = (): void => {};
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (cause: unknown): void => reject(new HandshakeFailure(stage, cause));
      const resume = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => fail(new Error(`no answer within ${timeout / 1000} s`)), timeout);
      };
      resume();
      onPatience({ pause: () => clearTimeout(timer), resume });
      forget = onAbort(signal, () => reject(signal.reason));
      client
        .on("connect", () => {
          stage = "greet";
        })
        .on("handshake", () => {
          stage = "log in";
        })
        .on("ready", resolve)
        .on("change password", () => fail(new Error("the password has expired and must be changed")))
        .on("error", (error: Error & { level?: string }) => {
          if (error.level !== "agent") fail(error);
        })
        .on("close", () => fail(new Error("the server closed the connection")));
      try {
        client.connect({ ...config, readyTimeout: 0, keepaliveInterval: 10_000, keepaliveCountMax: 3 });
      } catch (thrown) {
        fail(thrown);
      }
    });
    client.setNoDelay(true);
    return client;
  } catch (thrown) {
    client.destroy();
    throw thrown;
  } finally {
    clearTimeout(timer);
    forget();
  }
}
