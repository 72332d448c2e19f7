import { expect, test } from "vitest";
import { withHostsBlock } from "../../../../src/steps/os/resolution.ts";

const hosts = "127.0.0.1\tlocalhost\n127.0.1.1\tw-1.example.com w-1\n";
const block = "# kube-installer: begin\n10.0.0.21 w-1\n10.0.0.11 api.example.com\n# kube-installer: end\n";
const resolutions = [
  { name: "w-1", address: "10.0.0.21" },
  { name: "api.example.com", address: "10.0.0.11" },
];

test("the block stands first, because the first match counts", () => {
  expect(withHostsBlock(hosts, resolutions)).toBe(block + hosts);
});

test("an older block is replaced, whatever stands around it", () => {
  const old = `::1 ip6-localhost\n${block}${hosts}`;
  expect(withHostsBlock(old, [{ name: "w-1", address: "10.0.0.99" }])).toBe(
    `# kube-installer: begin\n10.0.0.99 w-1\n# kube-installer: end\n::1 ip6-localhost\n${hosts}`,
  );
});

test("without names to resolve only our block goes", () => {
  expect(withHostsBlock(block + hosts, [])).toBe(hosts);
  expect(withHostsBlock(hosts, [])).toBe(hosts);
});
