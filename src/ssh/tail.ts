/** Keeps the last bytes of a stream in bounded memory. */
export interface Tail {
  push(chunk: Buffer): void;
  text(): string;
}

/** Makes a tail of at most `limit` bytes; a character cut at its beginning is left out. */
export function createTail(limit: number): Tail {
  let chunks: Buffer[] = [];
  let size = 0;
  let cut = false;
  const trim = (): Buffer => {
    const all = Buffer.concat(chunks);
    const kept = all.subarray(Math.max(0, all.length - limit));
    cut ||= kept.length < all.length;
    chunks = [kept];
    size = kept.length;
    return kept;
  };
  return {
    push(chunk) {
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > 2 * limit) trim();
    },
    text() {
      const kept = trim();
      if (!cut) return kept.toString("utf8");
      const start = kept.findIndex((byte) => (byte & 0xc0) !== 0x80);
      return kept.subarray(Math.max(0, start)).toString("utf8");
    },
  };
}
