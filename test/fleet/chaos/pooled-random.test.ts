import { randomFillSync } from "node:crypto";
import { expect, test } from "vitest";
import { pooledRandom } from "./pooled-random.ts";

const fill = pooledRandom(randomFillSync);

test("only the part asked for is filled, and no two wishes get the same bytes", () => {
  const seen = new Set<string>();
  for (let wish = 0; wish < 10_000; wish++) {
    const buffer = Buffer.alloc(32);
    fill(buffer, 5, 16);
    expect(buffer.subarray(0, 5).every((byte) => byte === 0) && buffer.subarray(21).every((byte) => byte === 0)).toBe(
      true,
    );
    seen.add(buffer.toString("hex"));
  }
  expect(seen.size).toBe(10_000);
});

test("large wishes and those that cannot be met are the original's", () => {
  expect(new Set(fill(Buffer.alloc(100_000))).size).toBe(256);
  expect(() => fill(Buffer.alloc(4), 2, 8)).toThrow(RangeError);
});
