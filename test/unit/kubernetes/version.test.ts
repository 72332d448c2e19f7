import { expect, test } from "vitest";
import { minorVersion } from "../../../src/kubernetes/version.ts";

test.each([
  ["1.20.2", 20],
  ["v1.36.4", 36],
  ["1.37", 37],
  ["v1.21.0-rc.1", 21],
  ["1.28.3+k3s1", 28],
])("%s has the minor version %i", (version, minor) => {
  expect(minorVersion(version)).toBe(minor);
});

test.each(["", "2.0.0", "1", "latest", "1.x"])("%j is no Kubernetes version", (version) => {
  expect(() => minorVersion(version)).toThrow("Not a Kubernetes version");
});
