import { describe, expect, test } from "vitest";
import { explainAll, explainKey } from "../../../src/preset/explain.ts";

describe("explaining a key", () => {
  test("tells type, default, what is allowed and an example", () => {
    expect(explainKey("spec.network.podCIDR")).toMatchInlineSnapshot(`
      "spec.network.podCIDR
        Range the pods get their addresses from.

        type:     string
        default:  10.244.0.0/16
        allowed:  an IPv4 range that overlaps neither serviceCIDR nor any node
        example:  podCIDR: 10.244.0.0/16"
    `);
  });
  test("tells the values to choose from", () => {
    expect(explainKey("spec.topology.static.ssh.hostKeys")).toMatchInlineSnapshot(`
      "spec.topology.static.ssh.hostKeys
        What to do with a host key not seen before: ask a person, accept it on first contact, or refuse it. A changed key is always refused.

        type:     ask | accept-new | strict
        default:  what ~/.ssh/config says, else ask; with nobody to ask, exit code 5
        example:  hostKeys: accept-new"
    `);
  });
  test("tells the keys below", () => {
    expect(explainKey("spec.topology.static.nodes")).toMatchInlineSnapshot(`
      "spec.topology.static.nodes
        The machines of the cluster.

        type:     list of mappings
        required: yes
        example:  nodes: [{ name: cp-1, address: 10.0.0.11, roles: [control-plane] }]

        keys of each item:
          name             Host name and Kubernetes node name, unique in the cluster.
          address          Where to log in: an IP address, a DNS name or a name from ~/.ssh/config.
          internalAddress  IP address the other nodes use; needed when \`address\` is a name.
          roles            What the node is for; a control plane that is also a worker takes ordinary pods.
          labels           Kubernetes labels of the node.
          taints           Kubernetes taints of the node.
          ssh              How to log in to this node, where it differs from \`spec.topology.static.ssh\`."
    `);
  });
  test("finds the items of lists with and without brackets and positions", () => {
    const plain = explainKey("spec.topology.static.nodes.roles");
    expect(plain).toMatch(/^spec\.topology\.static\.nodes\[\]\.roles\n/);
    expect(explainKey("spec.topology.static.nodes[].roles")).toBe(plain);
    expect(explainKey("spec.topology.static.nodes[7].roles")).toBe(plain);
  });
  test("finds a key by its name alone when only one is called so", () => {
    expect(explainKey("podCIDR")).toBe(explainKey("spec.network.podCIDR"));
    expect(explainKey("lab.workers")).toBe(explainKey("spec.topology.lab.workers"));
  });
  test("goes as deep as bastions behind bastions", () => {
    expect(explainKey("spec.topology.static.ssh.bastion.bastion.bastion.port")).toContain("1 to 65535");
  });
});

describe("an unknown key", () => {
  const next = (path: string) => {
    try {
      return explainKey(path);
    } catch (error) {
      return Object(error).details.nextSteps[0];
    }
  };
  test.each([
    ["spec.network.podCIRD", "did you mean `kube-installer preset explain spec.network.podCIDR`?"],
    [
      "spec.topology.static.nodes[0].rols",
      "did you mean `kube-installer preset explain spec.topology.static.nodes.roles`?",
    ],
    ["podcird", "did you mean `kube-installer preset explain spec.network.podCIDR`?"],
    ["foo", "the keys of a preset are apiVersion, kind, metadata, spec"],
    ["spec.ha.foo", "the keys of spec.ha are mode, endpoint"],
    ["spec.ha.mode.foo", "`spec.ha.mode` has no keys below it"],
    ["ssh", "name one of `spec.topology.static.ssh`, `spec.topology.static.nodes[].ssh`"],
    ["", "the keys of a preset are apiVersion, kind, metadata, spec"],
    ["[0]", "the keys of a preset are apiVersion, kind, metadata, spec"],
  ])("%s: %s", (path, expected) => {
    expect(next(path)).toBe(expected);
  });
});

test("the tree has every key once, with defaults", () => {
  const lines = explainAll().split("\n");
  expect(lines.filter((line) => line.startsWith("    podCIDR"))).toEqual([
    expect.stringMatching(/string, default: 10\.244\.0\.0\/16$/),
  ]);
  expect(lines.some((line) => line.includes("with the keys of spec.topology.static.ssh.bastion"))).toBe(true);
  expect(lines.length).toBeLessThan(90);
});
