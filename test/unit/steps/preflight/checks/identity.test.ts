import { expect, test } from "vitest";
import { clockSkew } from "../../../../../src/steps/preflight/checks/clock.ts";
import { hardwareAddress, hostname, machineId } from "../../../../../src/steps/preflight/checks/identity.ts";
import { find, node, told } from "../evidence.ts";

const nodesWith = (facts: object) => [node("cp-1", { facts }), node("w-1"), node("w-2", { facts })];

test("two nodes with one machine id are both named", () => {
  expect(find(machineId)).toEqual([]);
  const same = "00112233445566778899aabbccddeeff";
  expect(told(find(machineId, { nodes: nodesWith({ machineId: same }) }))).toEqual([
    `error cp-1: The machine id is also that of w-2: ${same}`,
    `error w-2: The machine id is also that of cp-1: ${same}`,
  ]);
});

test("a node without a machine id is an error of its own", () => {
  expect(told(find(machineId, { nodes: [node("w-1", { facts: { machineId: "" } })] }))).toEqual([
    "error w-1: The machine has no machine id: none",
  ]);
});

test("one host name on two nodes is a warning, because the install names them", () => {
  expect(find(hostname)).toEqual([]);
  expect(find(hostname, { nodes: nodesWith({ hostname: "localhost" }) })).toMatchObject([
    { severity: "warning", node: "cp-1" },
    { severity: "warning", node: "w-2" },
  ]);
});

test("only the card other nodes use must be unique", () => {
  const extra = { name: "veth1", mac: "02:aa:aa:aa:aa:aa", mtu: 1500 };
  const cards = (mac: string) => ({ interfaces: [{ name: "eth0", mac, mtu: 1500 }, extra] });
  const different = [
    node("cp-1", { facts: cards("02:00:00:00:00:01") }),
    node("w-1", { facts: cards("02:00:00:00:00:02") }),
  ];
  expect(find(hardwareAddress, { nodes: different })).toEqual([]);
  expect(find(hardwareAddress, { nodes: nodesWith(cards("02:00:00:00:00:01")) })).toHaveLength(2);
});

function clock(offset: number, { delay = 0, spent = 100 } = {}) {
  const askedAt = 1_700_000_000_000;
  const answeredAt = askedAt + spent + delay;
  return { clock: { askedAt, answeredAt, nodeSpent: spent, nodeTime: (askedAt + answeredAt) / 2 + offset } };
}

test("clocks are compared with the one in the middle, not with the operator's", () => {
  const nodes = [60_000, 60_100, 100_000].map((offset, index) => node(`w-${index + 1}`, { facts: clock(offset) }));
  expect(told(find(clockSkew, { nodes }))).toEqual(["error w-3: The clock is ahead of that of w-2: 39.9 s"]);
});

test("a few seconds are a warning; less is nothing", () => {
  const skewed = (offset: number) =>
    told(
      find(clockSkew, {
        nodes: [
          node("cp-1", { facts: clock(offset) }),
          node("w-1", { facts: clock(0) }),
          node("w-2", { facts: clock(0) }),
        ],
      }),
    );
  expect(skewed(-8_000)).toEqual(["warning cp-1: The clock is behind that of w-1: 8.0 s"]);
  expect(skewed(4_900)).toEqual([]);
});

test("of two nodes, the one that differs is told with the whole difference", () => {
  const nodes = [node("cp-1", { facts: clock(0) }), node("w-1", { facts: clock(40_000) })];
  expect(told(find(clockSkew, { nodes }))).toEqual(["error cp-1: The clock is behind that of w-1: 40.0 s"]);
});

test("what a slow connection leaves uncertain is no skew", () => {
  const nodes = [node("cp-1", { facts: clock(0) }), node("w-1", { facts: clock(7_000, { delay: 8_000 }) })];
  expect(find(clockSkew, { nodes })).toEqual([]);
});
