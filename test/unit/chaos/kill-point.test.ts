import { expect, test } from "vitest";
import {
  boundaryOf,
  type KillPoint,
  nearerAndNearer,
  parsePoint,
  pointText,
} from "../../../scripts/chaos/lab/kill-point.ts";
import { type Reference, randomMoments, spread } from "../../../scripts/chaos/lab/reference.ts";

test("a point is written as it is read", () => {
  for (const text of [
    "begin",
    "preflight+700",
    "kubeadm.init@cp-1:started+5000",
    "destroy/verify.cluster@cluster:finished",
  ]) {
    const point = parsePoint(text);
    expect(point && pointText(point)).toBe(text);
  }
  for (const text of ["", "kubeadm.init", "kubeadm.init@cp-1", "kubeadm.init@cp-1:begun", "begin+soon"]) {
    expect(parsePoint(text)).toBeUndefined();
  }
});

test("both sides of a step are boundaries, its output is none", () => {
  const place = { step: "kubeconfig", node: "cp-1" };
  expect(boundaryOf({ type: "step-started", ...place })).toBe("kubeconfig@cp-1:started");
  expect(boundaryOf({ type: "step-finished", step: "kubeconfig" })).toBe("kubeconfig@cluster:finished");
  expect(boundaryOf({ type: "step-output", ...place })).toBeUndefined();
});

const reference: Reference = {
  type: "reference",
  size: 1,
  install: [
    { boundary: "begin", at: 100 },
    { boundary: "kubeadm.init@cp-1:started", at: 1000 },
    { boundary: "end", at: 60_000 },
  ],
  destroy: [],
};

test("moments come from the seed, spread over the whole install, each told by the boundary before it", () => {
  const moments = randomMoments(reference, 200, 7);
  expect(moments).toEqual(randomMoments(reference, 200, 7));
  expect(moments).not.toEqual(randomMoments(reference, 200, 8));
  const delays = moments.filter(({ boundary }) => boundary.startsWith("kubeadm.init")).map(({ delay }) => delay);
  expect(Math.min(...delays)).toBeLessThan(3000);
  expect(Math.max(...delays)).toBeGreaterThan(56_000);
  expect(Math.max(...delays)).toBeLessThanOrEqual(59_000);
});

test("a few of many are taken evenly", () => {
  expect(spread([1, 2, 3, 4, 5, 6], 3)).toEqual([2, 4, 6]);
  expect(spread([1, 2], 5)).toEqual([1, 2]);
});

test("a moment that may lie behind the end comes nearer to its boundary, which no run passes by", () => {
  const moment: KillPoint = { command: "install", boundary: "verify.cluster@cluster:started", delay: 300 };
  expect(nearerAndNearer(moment).map(({ delay }) => delay)).toEqual([300, 150, 75, 0]);
  expect(nearerAndNearer({ ...moment, delay: 0 })).toEqual([{ ...moment, delay: 0 }]);
});
