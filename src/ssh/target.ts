import type { Secret } from "../engine/secret.ts";

/** How unknown host keys are met: `ask` a person, `accept-new` on first contact, `strict` never. A changed key is always refused. */
export type HostKeyPolicy = "ask" | "accept-new" | "strict";

/** Everything needed to open a connection to one machine. */
export interface SshTarget {
  readonly address: string;
  /** 22 unless ~/.ssh/config or the preset says otherwise. */
  readonly port?: number;
  /** The local user's name unless ~/.ssh/config or the preset says otherwise. */
  readonly user?: string;
  /** Path of a private key; `~` is expanded. Agent and default keys are tried as OpenSSH does when absent. */
  readonly keyFile?: string;
  readonly passphrase?: Secret;
  readonly password?: Secret;
  /** The password sudo asks for; the login password is not tried in its place. */
  readonly sudoPassword?: Secret;
  readonly hostKeys?: HostKeyPolicy;
  /** Pinned `SHA256:…` fingerprints; when given, no other key is accepted and known_hosts is not consulted. */
  readonly hostKeyFingerprints?: readonly string[];
  /** The machine to go through, with its own credentials; it may itself have one. */
  readonly bastion?: SshTarget;
}
