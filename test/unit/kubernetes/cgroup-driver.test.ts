import { expect, test } from "vitest";
import { cgroupDriver } from "../../../src/kubernetes/cgroup-driver.ts";

test.each([
  [{ systemd: true, toldOfEmptyCgroups: true }, "systemd"],
  [{ systemd: true, toldOfEmptyCgroups: false }, "cgroupfs"],
  [{ systemd: false, toldOfEmptyCgroups: false }, "cgroupfs"],
])("where %j, %s makes cgroups", (owner, driver) => {
  expect(cgroupDriver(owner)).toBe(driver);
});
