import { expect, test } from "vitest";
import { containerdRange, isInRange } from "../../../src/kubernetes/containerd-versions.ts";

test.each([
  ["1.20.2", "1.6.20~ds1", true],
  ["1.20.2", "2.0.1", false],
  ["1.22.17", "2.1.0", false],
  ["1.23.0", "2.0.0", true],
  ["1.26.0", "1.5.13", false],
  ["1.35.1", "1.7.28", true],
  ["1.36.4", "1.7.28", false],
  ["1.36.4", "2.2.0", true],
])("Kubernetes %s with containerd %s: %s", (kubernetes, containerd, fits) => {
  expect(isInRange(containerd, containerdRange(kubernetes))).toBe(fits);
});
