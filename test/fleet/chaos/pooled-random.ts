import type { randomFillSync } from "node:crypto";

const poolSize = 64 * 1024;

/** Random bytes for many small wishes out of few large ones: most of what a wish costs does not depend on its size. */
export function pooledRandom(fill: typeof randomFillSync): typeof randomFillSync {
  const pool = Buffer.alloc(poolSize);
  let used = poolSize;
  return (buffer, offset = 0, size?: number) => {
    if (!Buffer.isBuffer(buffer)) return fill(buffer, offset, size);
    const wanted = size ?? buffer.length - offset;
    if (wanted > poolSize / 16 || offset + wanted > buffer.length) return fill(buffer, offset, wanted);
    if (used + wanted > poolSize) {
      fill(pool);
      used = 0;
    }
    pool.copy(buffer, offset, used, used + wanted);
    used += wanted;
    return buffer;
  };
}
