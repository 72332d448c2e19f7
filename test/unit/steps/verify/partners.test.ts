import fc from "fast-check";
import { expect, test } from "vitest";
import { partnersOf } from "../../../../src/steps/verify/partners.ts";
import type { TestPod } from "../../../../src/steps/verify/traffic.ts";
import { situation } from "../situation.ts";

const { node } = situation({ "cp-1": {} }).context;
const pods = (count: number): TestPod[] =>
  Array.from({ length: count }, (_, index) => ({ node, address: `10.244.${index}.2` }));

test("in small clusters every pair is tried", () => {
  const all = pods(5);
  for (const pod of all) expect(new Set(partnersOf(pod, all))).toEqual(new Set(all.filter((other) => other !== pod)));
});

test("in clusters of any size each pod visits and is visited, never itself, and no more than four times", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), (count) => {
      const all = pods(count);
      const visits = all.map((pod) => partnersOf(pod, all));
      expect(new Set(visits.flat()).size).toBe(count);
      for (const [index, partners] of visits.entries()) {
        expect(partners).toHaveLength(Math.min(4, count - 1));
        expect(partners).not.toContain(all[index]);
      }
    }),
  );
});
