import { expect, test } from "vitest";
import { pauseImage } from "../../../src/kubernetes/pause-image.ts";

test.each([
  ["1.20.2", "k8s.gcr.io/pause:3.2"],
  ["1.24.17", "k8s.gcr.io/pause:3.7"],
  ["1.25.0", "registry.k8s.io/pause:3.8"],
  ["1.30.5", "registry.k8s.io/pause:3.9"],
  ["1.35.8", "registry.k8s.io/pause:3.10.1"],
  ["1.36.4", "registry.k8s.io/pause:3.10.2"],
  ["1.37.0", "registry.k8s.io/pause:3.10.2"],
])("Kubernetes %s runs %s", (version, image) => {
  expect(pauseImage(version)).toBe(image);
});
