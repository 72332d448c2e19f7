import type { ServerHostKeyAlgorithm } from "ssh2";
import { changedKey, declinedKey, nobodyToAsk, notPinned, revokedKey, strictlyUnknown } from "./host-key-errors.ts";
import type { HostKeyQuestion } from "./host-key-question.ts";
import { fingerprint, judgeHostKey, knownKeyTypes } from "./judge-host-key.ts";
import { typeInside } from "./known-hosts.ts";
import { addKnownHost, readKnownHosts } from "./known-hosts-file.ts";
import type { ResolvedTarget } from "./resolve-target.ts";
import { createSemaphore } from "./semaphore.ts";

export interface HostKeyCheckOptions {
  /** The known_hosts file of the cluster: looked into first, and new keys are written to it. */
  readonly knownHostsFile: string;
  /** Asks a person; without it an unknown key under the policy `ask` is refused with `input-needed`. */
  readonly confirmHostKey?: (question: HostKeyQuestion, signal: AbortSignal) => Promise<boolean>;
}

/** Checks the keys servers show; one for all connections of a run, so that questions come one after another. */
export interface HostKeyCheck {
  /** Host key algorithms in the order to offer: those of known keys before the usual ones, as OpenSSH does. */
  algorithms(target: ResolvedTarget): Promise<ServerHostKeyAlgorithm[]>;
  /** @throws InstallerError `host-key-refused`, `input-needed` */
  verify(target: ResolvedTarget, key: Buffer, signal: AbortSignal): Promise<void>;
}

/** Makes the check. No setting turns it off: a changed or revoked key is refused under every policy. */
export function createHostKeyCheck({ knownHostsFile, confirmHostKey }: HostKeyCheckOptions): HostKeyCheck {
  const oneQuestion = createSemaphore(1);
  const judge = async (target: ResolvedTarget, key: Buffer) =>
    judgeHostKey(await readKnownHosts([knownHostsFile, ...target.knownHostsFiles]), target.hostKeyName, key);

  const meetUnknown = async (target: ResolvedTarget, key: Buffer, signal: AbortSignal): Promise<void> => {
    const judgement = await judge(target, key);
    if (judgement.kind === "known") return;
    if (judgement.kind === "revoked") throw revokedKey(target.hostKeyName, key, judgement.entry);
    if (judgement.kind === "changed") throw changedKey(target.hostKeyName, key, judgement.entry);
    const question: HostKeyQuestion = {
      host: target.hostKeyName,
      keyType: typeInside(key),
      fingerprint: fingerprint(key),
      otherKnownKeys: judgement.otherTypes.map(({ keyType, file, line }) => `${keyType} ${file}:${line}`),
    };
    if (target.hostKeys === "strict") throw strictlyUnknown(question, judgement.authorities);
    if (target.hostKeys === "ask") {
      if (confirmHostKey === undefined) throw nobodyToAsk(question);
      if (!(await confirmHostKey(question, signal))) throw declinedKey(question);
    }
    await addKnownHost(knownHostsFile, target.hostKeyName, key);
  };

  return {
    async algorithms(target) {
      if (target.pinned.length > 0) return [...usualAlgorithms];
      const entries = await readKnownHosts([knownHostsFile, ...target.knownHostsFiles]);
      const types = knownKeyTypes(entries, target.hostKeyName);
      const known = usualAlgorithms.filter((algorithm) => types.includes(keyTypeOf(algorithm)));
      return [...new Set([...known, ...usualAlgorithms])];
    },
    async verify(target, key, signal) {
      if (target.pinned.length > 0) {
        if (!target.pinned.includes(fingerprint(key))) throw notPinned(target.hostKeyName, key, target.pinned);
        return;
      }
      const release = await oneQuestion.acquire(signal);
      try {
        await meetUnknown(target, key, signal);
      } finally {
        release();
      }
    },
  };
}

/** OpenSSH's order among the algorithms ssh2 has. */
const usualAlgorithms: readonly ServerHostKeyAlgorithm[] = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
  "ssh-rsa",
];

function keyTypeOf(algorithm: ServerHostKeyAlgorithm): string {
  return algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm;
}
