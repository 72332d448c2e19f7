import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freeSubnet, hardwareAddress, nodeAddress, subnets } from "../../../../src/topology/lab/addresses.ts";
import { bridgeName, innerPortName, nodeNames, portName } from "../../../../src/topology/lab/names.ts";

describe("freeSubnet", () => {
  test("begins with the first", () => {
    expect(freeSubnet(["default", "192.0.2.0/24", "192.0.2.2"], new Set())).toBe(0);
  });

  test("avoids routes, addresses, the inner network and labs that are down", () => {
    const taken = ["10.78.0.0/24", "10.78.1.1", "10.79.2.0/25", "10.78.4.0/22"];
    expect(freeSubnet(taken, new Set([3]))).toBe(8);
  });

  test("minds no route that is wider than the lab's own", () => {
    expect(freeSubnet(["10.0.0.0/8", "0.0.0.0/0"], new Set())).toBe(0);
  });

  test("says when none is left", () => {
    expect(freeSubnet([], new Set(Array.from({ length: subnets }, (_, index) => index)))).toBeUndefined();
  });
});

describe("names and addresses of nodes", () => {
  const anyNode = fc.constantFrom(...nodeNames(9, 200), "jump");
  const anySubnet = fc.integer({ min: 0, max: subnets - 1 });

  test("no two nodes share an address or a hardware address", () => {
    const nodes = [...nodeNames(9, 200), "jump"];
    expect(new Set(nodes.map((node) => nodeAddress(3, node, false))).size).toBe(nodes.length);
  });

  test("every interface name fits into the kernel's 15 characters", () => {
    fc.assert(
      fc.property(anySubnet, anyNode, (subnet, node) => {
        const octet = Number(nodeAddress(subnet, node, false).split(".")[3]);
        for (const name of [
          bridgeName(subnet),
          `${bridgeName(subnet)}i`,
          portName(subnet, octet),
          innerPortName(subnet, octet),
        ])
          expect(name.length).toBeLessThanOrEqual(15);
        expect(octet).toBeGreaterThan(1);
        expect(octet).toBeLessThan(255);
      }),
    );
  });

  test("hardware addresses are local, single and the same after a restart", () => {
    expect(hardwareAddress(12, "outer", 21)).toBe("02:78:00:00:0c:15");
    expect(hardwareAddress(12, "inner", 21)).toBe("02:78:01:00:0c:15");
  });

  test("a node behind the jump node has an address of the inner network", () => {
    expect(nodeAddress(4, "cp-1", false)).toBe("10.78.4.11");
    expect(nodeAddress(4, "w-2", true)).toBe("10.79.4.22");
  });
});
