/** What a person must know to decide about an unknown host key. */
export interface HostKeyQuestion {
  /** `host` or `[host]:port`. */
  readonly host: string;
  readonly keyType: string;
  /** `SHA256:…`, to compare with what `ssh-keygen -lf` prints on the machine. */
  readonly fingerprint: string;
  /** Keys of other types that are known for this host, as `type file:line`. */
  readonly otherKnownKeys: readonly string[];
}
