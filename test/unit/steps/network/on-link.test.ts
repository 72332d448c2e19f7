import { expect, test } from "vitest";
import { onLinkBy } from "../../../../src/steps/network/on-link.ts";

const link = { destination: "10.0.0.0/16", interface: "eth0" };
const gateway = { destination: "0.0.0.0/0", via: "10.0.0.1", interface: "eth0" };

test("an address in a network of the node is on its link, one behind the gateway is not", () => {
  const isOnLink = onLinkBy([gateway, link]);
  expect(isOnLink("10.0.7.9")).toBe(true);
  expect(isOnLink("10.1.0.9")).toBe(false);
});

test("the most specific route decides, and a router among equal ones is enough for doubt", () => {
  const routed = { destination: "10.0.7.0/24", via: "10.0.0.2", interface: "eth0" };
  expect(onLinkBy([link, routed])("10.0.7.9")).toBe(false);
  expect(onLinkBy([link, { ...routed, destination: link.destination }])("10.0.7.9")).toBe(false);
});

test("without a route, or for what is no IPv4 address, nothing is certain", () => {
  expect(onLinkBy([])("10.0.7.9")).toBe(false);
  expect(onLinkBy([link])("fd00::1")).toBe(false);
});
