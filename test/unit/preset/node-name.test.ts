import { expect, test } from "vitest";
import { checkLabel } from "../../../src/preset/formats.ts";
import { nodeNameFor } from "../../../src/preset/node-name.ts";

test.each([
  ["10.0.0.11", "node-10-0-0-11"],
  ["fd00::1", "node-fd00-1"],
  ["FD00::A", "node-fd00-a"],
  ["w1.example.com", "w1"],
  ["Worker_1", "worker-1"],
])("the node at %s is called %s", (address, name) => {
  expect(nodeNameFor(address)).toBe(name);
  expect(checkLabel(name)).toBeUndefined();
});
