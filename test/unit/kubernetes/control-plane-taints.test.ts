import { expect, test } from "vitest";
import { controlPlaneTaints } from "../../../src/kubernetes/control-plane-taints.ts";

test.each([
  ["1.20.2", ["master"]],
  ["1.23.17", ["master"]],
  ["1.24.0", ["control-plane", "master"]],
  ["1.25.0", ["control-plane"]],
  ["1.37.0", ["control-plane"]],
])("kubeadm %s taints control planes with %j", (version, roles) => {
  expect(controlPlaneTaints(version)).toEqual(
    roles.map((role) => ({ key: `node-role.kubernetes.io/${role}`, effect: "NoSchedule" })),
  );
});
