import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "ssh2";
import { type InstallerError, toInstallerError } from "../engine/errors.ts";
import { seconds } from "../engine/time.ts";
import { connectError, worthRetrying } from "./connect-errors.ts";
import { authHandler, type Credentials, gatherCredentials, type LoginRecord } from "./credentials.ts";
import { HandshakeFailure, handshake, type Patience } from "./handshake.ts";
import type { HostKeyCheck } from "./host-key-check.ts";
import type { ResolvedTarget } from "./resolve-target.ts";
import type { Semaphore } from "./semaphore.ts";

export interface DialOptions {
  readonly signal: AbortSignal;
  readonly hostKeyCheck: HostKeyCheck;
  /** The places for handshakes with this target, and with the jump host in front of it. */
  readonly places: readonly Semaphore[];
  /** Makes the way to the target when it does not begin with a TCP connection from here. */
  readonly openSocket?: (signal: AbortSignal) => Promise<Duplex>;
  /** Milliseconds one attempt may take; 20 seconds unless told. */
  readonly timeout?: number;
}

const mostAttempts = 5;

/**
 * Connects and logs in; when the server is too busy, several times with growing random pauses.
 * @throws InstallerError `unreachable`, `authentication-failed`, `host-key-refused`, `input-needed`
 */
export async function dial(target: ResolvedTarget, options: DialOptions): Promise<Client> {
  const credentials = await gatherCredentials(target);
  for (let attempt = 1; ; attempt++) {
    const record: LoginRecord = { tried: [], accepted: [] };
    const releases = await acquireAll(options.places, options.signal);
    try {
      return await once(target, credentials, record, options);
    } catch (thrown) {
      if (!(thrown instanceof HandshakeFailure)) throw thrown;
      if (attempt >= mostAttempts || !worthRetrying(thrown)) throw connectError(thrown, target, credentials, record);
    } finally {
      for (const release of releases) release();
    }
    await delay(200 * 2 ** attempt * (0.5 + Math.random()), undefined, { signal: options.signal });
  }
}

async function once(
  target: ResolvedTarget,
  credentials: Credentials,
  record: LoginRecord,
  { signal, hostKeyCheck, openSocket, timeout = seconds(20) }: DialOptions,
): Promise<Client> {
  let refusal: InstallerError | undefined;
  let patience: Patience | undefined;
  const verify = (key: Buffer, decide: (accepted: boolean) => void): void => {
    patience?.pause();
    hostKeyCheck.verify(target, key, signal).then(
      () => {
        patience?.resume();
        decide(true);
      },
      (thrown: unknown) => {
        refusal = toInstallerError(thrown);
        decide(false);
      },
    );
  };
  const serverHostKey = await hostKeyCheck.algorithms(target);
  const sock = await openSocket?.(signal);
  try {
    return await handshake({
      signal,
      timeout,
      onPatience: (given) => {
        patience = given;
      },
      config: {
        host: target.address,
        port: target.port,
        username: target.user,
        ...(sock === undefined ? {} : { sock }),
        hostVerifier: verify,
        authHandler: authHandler(credentials, target.user, record),
        algorithms: { serverHostKey },
      },
    });
  } catch (thrown) {
    sock?.destroy();
    throw refusal ?? thrown;
  }
}

async function acquireAll(places: readonly Semaphore[], signal: AbortSignal): Promise<(() => void)[]> {
  const releases: (() => void)[] = [];
  try {
    for (const place of places) releases.push(await place.acquire(signal));
    return releases;
  } catch (thrown) {
    for (const release of releases) release();
    throw thrown;
  }
}
