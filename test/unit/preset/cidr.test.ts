import fc from "fast-check";
import { expect, test } from "vitest";
import {
  contains,
  formatIPv4,
  formatRange,
  overlaps,
  parseIPv4,
  parseRange,
  type Range,
} from "../../../src/preset/cidr.ts";

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const range = fc
  .record({ address, prefix: fc.integer({ min: 0, max: 32 }) })
  .map(({ address: within, prefix }) => parseRange(`${formatIPv4(within)}/${prefix}`) as Range);

test("an address survives being printed and read", () => {
  fc.assert(fc.property(address, (number) => void expect(parseIPv4(formatIPv4(number))).toBe(number)));
});

test("a range survives being printed and read", () => {
  fc.assert(fc.property(range, (some) => void expect(parseRange(formatRange(some))).toEqual(some)));
});

test("two ranges overlap exactly when one holds an end of the other", () => {
  fc.assert(
    fc.property(range, range, (left, right) => {
      const shared = contains(left, right.first) || contains(left, right.last) || contains(right, left.first);
      expect(overlaps(left, right)).toBe(shared);
      expect(overlaps(right, left)).toBe(shared);
    }),
  );
});

test.each(["", "1.2.3", "1.2.3.4.5", "256.0.0.0", "1.2.3.04", "1.2.3.4 ", "a.b.c.d", "-1.0.0.0"])(
  "%j is no address",
  (text) => {
    expect(parseIPv4(text)).toBeUndefined();
  },
);
