import ssh2 from "ssh2";

/** An ed25519 key pair. One in a few hundred that ssh2 makes cannot be read by ssh2 itself; such a one is thrown away. */
export function newKeyPair(): { readonly private: string; readonly public: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync("ed25519");
    const readable = [pair.private, pair.public].every((key) => !(ssh2.utils.parseKey(key) instanceof Error));
    if (readable) return pair;
  }
}
