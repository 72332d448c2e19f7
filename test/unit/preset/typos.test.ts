import { describe, expect, test } from "vitest";
import { formatProblem } from "../../../src/engine/problem.ts";
import { checkPreset } from "../../../src/preset/check-preset.ts";

const valid = `apiVersion: kube-installer/v1
kind: Cluster
metadata:
  name: demo
spec:
  kubernetes:
    version: "1.36.4"
  topology:
    static:
      ssh: { user: ubuntu, keyFile: ~/.ssh/id_ed25519 }
      nodes:
        - { name: cp-1, address: 10.0.0.11, roles: [control-plane] }
        - { name: w-1, address: 10.0.0.21, roles: [worker] }
  network:
    podCIDR: 10.244.0.0/16
`;

/** What the operator is told about the valid preset above with one thing changed. */
function told(from: string, to: string): string {
  expect(valid).toContain(from);
  const { preset, problems } = checkPreset(valid.replace(from, to), "demo.yaml");
  expect(preset === undefined, "the change makes the preset invalid").toBe(
    problems.some(({ severity }) => severity === "error"),
  );
  return `\n${problems.map(formatProblem).join("\n")}\n`;
}

test("the preset the typos are made in is valid and gives no warning", () => {
  expect(checkPreset(valid, "demo.yaml")).toMatchObject({ problems: [], preset: { metadata: { name: "demo" } } });
});

describe("a mistyped key", () => {
  test("gets the key that was meant, and not a second error for that one being missing", () => {
    expect(told("address: 10.0.0.11", "adress: 10.0.0.11")).toMatchInlineSnapshot(`
      "
      demo.yaml:12:25: error: spec.topology.static.nodes[0].adress: unknown key "adress"
       12 |         - { name: cp-1, adress: 10.0.0.11, roles: [control-plane] }
          |                         ^^^^^^
          = did you mean "address"?
          = allowed: name, address, internalAddress, roles, labels, taints, ssh
      "
    `);
  });
  test("may differ in letter case and separators only", () => {
    expect(told("podCIDR", "pod_cidr")).toMatchInlineSnapshot(`
      "
      demo.yaml:15:5: error: spec.network.pod_cidr: unknown key "pod_cidr"
       15 |     pod_cidr: 10.244.0.0/16
          |     ^^^^^^^^
          = did you mean "podCIDR"?
          = allowed: plugin, podCIDR, serviceCIDR, nodePrefix, dnsDomain
      "
    `);
  });
  test("may be another tool's word", () => {
    expect(told("user: ubuntu", "username: ubuntu")).toMatchInlineSnapshot(`
      "
      demo.yaml:10:14: error: spec.topology.static.ssh.username: unknown key "username"
       10 |       ssh: { username: ubuntu, keyFile: ~/.ssh/id_ed25519 }
          |              ^^^^^^^^
          = did you mean "user"?
          = allowed: user, port, keyFile, passphrase, password, sudoPassword, hostKeys, hostKeyFingerprints, bastion
      "
    `);
  });
  test("that stands in the wrong place is sent to the right one", () => {
    expect(told("  network:\n    podCIDR", "  podCIDR")).toMatchInlineSnapshot(`
      "
      demo.yaml:14:3: error: spec.podCIDR: unknown key "podCIDR"
       14 |   podCIDR: 10.244.0.0/16
          |   ^^^^^^^
          = it belongs to "spec.network.podCIDR"
          = allowed: kubernetes, topology, ha, network, runtime, packages
      "
    `);
  });
  test("that resembles nothing gets the keys that are possible", () => {
    expect(told("name: demo", "name: demo\n  colour: red")).toMatchInlineSnapshot(`
      "
      demo.yaml:5:3: error: metadata.colour: unknown key "colour"
       5 |   colour: red
         |   ^^^^^^
         = allowed: name
      "
    `);
  });
});

describe("a missing key", () => {
  test("the name of the cluster", () => {
    expect(told("metadata:\n  name: demo", "metadata: {}")).toMatchInlineSnapshot(`
      "
      demo.yaml:3:1: error: metadata.name: is missing
       3 | metadata: {}
         | ^^^^^^^^
         = for example \`name: demo\`
      "
    `);
  });
  test("the roles of a node", () => {
    expect(told(", roles: [worker]", "")).toMatchInlineSnapshot(`
      "
      demo.yaml:13:11: error: spec.topology.static.nodes[1].roles: is missing
       13 |         - { name: w-1, address: 10.0.0.21 }
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = for example \`roles: [worker]\`
          = allowed: control-plane, worker
      "
    `);
  });
  test("apiVersion and kind", () => {
    expect(told("apiVersion: kube-installer/v1\nkind: Cluster\n", "")).toMatchInlineSnapshot(`
      "
      demo.yaml:1:1: error: apiVersion: is missing
       1 | metadata:
         | ^^^^^^^^^
         = write \`apiVersion: kube-installer/v1\`
         = allowed: kube-installer/v1
      demo.yaml:1:1: error: kind: is missing
       1 | metadata:
         | ^^^^^^^^^
         = write \`kind: Cluster\`
         = allowed: Cluster
      "
    `);
  });
  test("where a secret is", () => {
    expect(told("user: ubuntu", "user: ubuntu, password: {}")).toMatchInlineSnapshot(`
      "
      demo.yaml:10:38: error: spec.topology.static.ssh.password: is empty
       10 |       ssh: { user: ubuntu, password: {}, keyFile: ~/.ssh/id_ed25519 }
          |                                      ^
          = allowed: exactly one of file, env
      "
    `);
  });
});

describe("a value of the wrong type", () => {
  test("a version that YAML reads as a number", () => {
    expect(told('"1.36.4"', "1.20")).toMatchInlineSnapshot(`
      "
      demo.yaml:7:14: error: spec.kubernetes.version: expected a string, found the number 1.20, which YAML reads as 1.2
       7 |     version: 1.20
         |              ^^^^
         = write it in full and in quotation marks, for example version: "1.36.4"
         = allowed: 1.20.0 to 1.37.x
      "
    `);
  });
  test("a list that is a single word", () => {
    expect(told("[worker]", "worker")).toMatchInlineSnapshot(`
      "
      demo.yaml:13:51: error: spec.topology.static.nodes[1].roles: expected a list, found the string "worker"
       13 |         - { name: w-1, address: 10.0.0.21, roles: worker }
          |                                                   ^^^^^^
          = write a list: [worker]
          = allowed: control-plane, worker
      "
    `);
  });
  test("a mapping that is a word", () => {
    expect(told("  network:\n    podCIDR: 10.244.0.0/16", "  ha: single")).toMatchInlineSnapshot(`
      "
      demo.yaml:14:7: error: spec.ha: expected a mapping, found the string "single"
       14 |   ha: single
          |       ^^^^^^
          = for example \`ha: { mode: single }\`
          = allowed: a mapping with mode, endpoint
      "
    `);
  });
  test("a number in quotation marks", () => {
    expect(told("user: ubuntu", 'user: ubuntu, port: "22"')).toMatchInlineSnapshot(`
      "
      demo.yaml:10:34: error: spec.topology.static.ssh.port: expected a whole number, found the string "22"
       10 |       ssh: { user: ubuntu, port: "22", keyFile: ~/.ssh/id_ed25519 }
          |                                  ^^^^
          = take the quotation marks away: 22
          = allowed: 1 to 65535
      "
    `);
  });
  test("a label that YAML reads as a truth value", () => {
    expect(told("roles: [worker]", "roles: [worker], labels: { gpu: true }")).toMatchInlineSnapshot(`
      "
      demo.yaml:13:76: error: spec.topology.static.nodes[1].labels.gpu: expected a string, found the boolean true
       13 |         - { name: w-1, address: 10.0.0.21, roles: [worker], labels: { gpu: true } }
          |                                                                            ^^^^
          = put it in quotation marks: "true"
      "
    `);
  });
  test("nothing where something should be", () => {
    expect(told("podCIDR: 10.244.0.0/16", "podCIDR:")).toMatchInlineSnapshot(`
      "
      demo.yaml:15:5: error: spec.network.podCIDR: has no value; expected a string
       15 |     podCIDR:
          |     ^^^^^^^
          = give it a value or take the key away
          = allowed: an IPv4 range that overlaps neither serviceCIDR nor any node
      "
    `);
  });
  test("a node that is only an address", () => {
    expect(told("{ name: w-1, address: 10.0.0.21, roles: [worker] }", "10.0.0.21")).toMatchInlineSnapshot(`
      "
      demo.yaml:13:11: error: spec.topology.static.nodes[1]: expected a mapping, found the string "10.0.0.21"
       13 |         - 10.0.0.21
          |           ^^^^^^^^^
          = for example \`- { address: 10.0.0.21, roles: [worker] }\`
          = allowed: a mapping with name, address, internalAddress, roles, labels, taints, ssh
      "
    `);
  });
});

describe("an empty list", () => {
  test("of roles", () => {
    expect(told("[worker]", "[]")).toMatchInlineSnapshot(`
      "
      demo.yaml:13:51: error: spec.topology.static.nodes[1].roles: found an empty list
       13 |         - { name: w-1, address: 10.0.0.21, roles: [] }
          |                                                   ^
          = allowed: at least one of control-plane, worker
      "
    `);
  });
  test("of nodes", () => {
    const nodes = valid.slice(valid.indexOf("      nodes:"), valid.indexOf("  network:"));
    expect(told(nodes, "      nodes: []\n")).toMatchInlineSnapshot(`
      "
      demo.yaml:11:14: error: spec.topology.static.nodes: found an empty list
       11 |       nodes: []
          |              ^
          = allowed: at least one item
      "
    `);
  });
});

describe("a value that is not allowed", () => {
  test("a role under its old name", () => {
    expect(told("[control-plane]", "[master]")).toMatchInlineSnapshot(`
      "
      demo.yaml:12:53: error: spec.topology.static.nodes[0].roles[0]: found "master"
       12 |         - { name: cp-1, address: 10.0.0.11, roles: [master] }
          |                                                     ^^^^^^
          = did you mean "control-plane"?
          = allowed: control-plane, worker
      "
    `);
  });
  test("a role the program does not know yet", () => {
    expect(told("[worker]", "[worker, gateway]")).toMatchInlineSnapshot(`
      "
      demo.yaml:13:60: error: spec.topology.static.nodes[1].roles[1]: "gateway" is not yet supported by this version
       13 |         - { name: w-1, address: 10.0.0.21, roles: [worker, gateway] }
          |                                                            ^^^^^^^
          = allowed: control-plane, worker
      "
    `);
  });
  test("a network plugin the program does not know yet", () => {
    expect(told("podCIDR: 10.244.0.0/16", "plugin: calico")).toMatchInlineSnapshot(`
      "
      demo.yaml:15:13: error: spec.network.plugin: "calico" is not yet supported by this version
       15 |     plugin: calico
          |             ^^^^^^
          = allowed: bridge
      "
    `);
  });
  test("a topology the program does not know yet", () => {
    expect(told("    static:", "    openstack: {}\n    static:")).toMatchInlineSnapshot(`
      "
      demo.yaml:9:5: error: spec.topology.openstack: "openstack" is not yet supported by this version
       9 |     openstack: {}
         |     ^^^^^^^^^
         = allowed: static, lab
      "
    `);
  });
  test("two topologies at once", () => {
    expect(told("    static:", "    lab: {}\n    static:")).toMatchInlineSnapshot(`
      "
      demo.yaml:9:5: error: spec.topology: has static and lab at once
       9 |     lab: {}
         |     ^^^^^^^
         = allowed: exactly one of static, lab
      "
    `);
  });
  test("another apiVersion and kind", () => {
    expect(
      told("apiVersion: kube-installer/v1\nkind: Cluster", "apiVersion: v1\nkind: cluster"),
    ).toMatchInlineSnapshot(`
      "
      demo.yaml:1:13: error: apiVersion: found "v1"
       1 | apiVersion: v1
         |             ^^
         = allowed: kube-installer/v1
      demo.yaml:2:7: error: kind: found "cluster"
       2 | kind: cluster
         |       ^^^^^^^
         = did you mean "Cluster"?
         = allowed: Cluster
      "
    `);
  });
  test("a cluster name that is no DNS label", () => {
    expect(told("name: demo", "name: My_Cluster")).toMatchInlineSnapshot(`
      "
      demo.yaml:4:9: error: metadata.name: "My_Cluster" is not a DNS label
       4 |   name: My_Cluster
         |         ^^^^^^^^^^
         = did you mean "my-cluster"?
         = allowed: up to 63 of a-z, 0-9 and "-", beginning and ending with a letter or digit
      "
    `);
  });
  test("a version with a v", () => {
    expect(told('"1.36.4"', "v1.36.4")).toMatchInlineSnapshot(`
      "
      demo.yaml:7:14: error: spec.kubernetes.version: "v1.36.4" is not a Kubernetes version
       7 |     version: v1.36.4
         |              ^^^^^^^
         = did you mean "1.36.4"?
         = allowed: a released version from 1.20.0 to 1.37.x, for example "1.35.8"
      "
    `);
  });
  test("a version without its patch number", () => {
    expect(told('"1.36.4"', '"1.36"')).toMatchInlineSnapshot(`
      "
      demo.yaml:7:14: error: spec.kubernetes.version: "1.36" is not a Kubernetes version
       7 |     version: "1.36"
         |              ^^^^^^
         = name the patch version too, for example "1.36.0"
         = allowed: a released version from 1.20.0 to 1.37.x, for example "1.35.8"
      "
    `);
  });
  test("a version this program is too old for", () => {
    expect(told('"1.36.4"', '"1.99.0"')).toMatchInlineSnapshot(`
      "
      demo.yaml:7:14: error: spec.kubernetes.version: Kubernetes 1.99.0 is newer than this program knows
       7 |     version: "1.99.0"
         |              ^^^^^^^^
         = allowed: a released version from 1.20.0 to 1.37.x, for example "1.35.8"
      "
    `);
  });
  test("an address with a number too large", () => {
    expect(told("10.0.0.21", "10.0.0.321")).toMatchInlineSnapshot(`
      "
      demo.yaml:13:33: error: spec.topology.static.nodes[1].address: "10.0.0.321" is not an IP address
       13 |         - { name: w-1, address: 10.0.0.321, roles: [worker] }
          |                                 ^^^^^^^^^^
          = allowed: four numbers from 0 to 255 joined by dots
      "
    `);
  });
  test("an address with user and port", () => {
    expect(told("address: 10.0.0.21", "address: root@w-1.example.com:2222")).toMatchInlineSnapshot(`
      "
      demo.yaml:13:33: error: spec.topology.static.nodes[1].address: "root@w-1.example.com:2222" is more than an address
       13 |         - { name: w-1, address: root@w-1.example.com:2222, roles: [worker] }
          |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^
          = write \`address: w-1.example.com\` and \`ssh: { user: root, port: 2222 }\`
          = allowed: an IP address or a DNS name, without port and user
      "
    `);
  });
  test("a name where the other nodes need an IP address", () => {
    expect(told("address: 10.0.0.21", "address: w-1.example.com")).toMatchInlineSnapshot(`
      "
      demo.yaml:13:33: error: spec.topology.static.nodes[1].address: "w-1.example.com" is a name, so the address the other nodes use must be told
       13 |         - { name: w-1, address: w-1.example.com, roles: [worker] }
          |                                 ^^^^^^^^^^^^^^^
          = give the node an \`internalAddress\`, for example \`internalAddress: 10.0.0.11\`
          = allowed: an IPv4 address
      "
    `);
  });
  test("a range with host bits", () => {
    expect(told("10.244.0.0/16", "10.244.7.0/16")).toMatchInlineSnapshot(`
      "
      demo.yaml:15:14: error: spec.network.podCIDR: "10.244.7.0/16" has host bits set behind /16
       15 |     podCIDR: 10.244.7.0/16
          |              ^^^^^^^^^^^^^
          = did you mean "10.244.0.0/16"?
          = allowed: the first address of the range
      "
    `);
  });
  test("a range without prefix length", () => {
    expect(told("10.244.0.0/16", "10.244.0.0")).toMatchInlineSnapshot(`
      "
      demo.yaml:15:14: error: spec.network.podCIDR: "10.244.0.0" is an address, not a range
       15 |     podCIDR: 10.244.0.0
          |              ^^^^^^^^^^
          = add the prefix length, for example /16
          = allowed: an IPv4 range such as 10.244.0.0/16
      "
    `);
  });
  test("an API address with https", () => {
    expect(told("  network:", "  ha: { endpoint: https://k8s.example.com:6443 }\n  network:")).toMatchInlineSnapshot(`
      "
      demo.yaml:14:19: error: spec.ha.endpoint: "https://k8s.example.com:6443" is not host:port
       14 |   ha: { endpoint: https://k8s.example.com:6443 }
          |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = leave the https:// away
          = allowed: host:port, for example k8s.example.com:6443
      "
    `);
  });
  test("the public half of a key", () => {
    expect(told("id_ed25519", "id_ed25519.pub")).toMatchInlineSnapshot(`
      "
      demo.yaml:10:37: error: spec.topology.static.ssh.keyFile: names the public half of a key
       10 |       ssh: { user: ubuntu, keyFile: ~/.ssh/id_ed25519.pub }
          |                                     ^^^^^^^^^^^^^^^^^^^^^
          = did you mean "~/.ssh/id_ed25519"?
      "
    `);
  });
  test("a label only Kubernetes may set", () => {
    expect(
      told("roles: [worker]", 'roles: [worker], labels: { node-role.kubernetes.io/gpu: "" }'),
    ).toMatchInlineSnapshot(`
      "
      demo.yaml:13:71: error: spec.topology.static.nodes[1].labels["node-role.kubernetes.io/gpu"]: "node-role.kubernetes.io/gpu" is set by the program
       13 | …: 10.0.0.21, roles: [worker], labels: { node-role.kubernetes.io/gpu: "" } }
          |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = say what a node is for under \`roles\`
          = allowed: labels outside kubernetes.io and k8s.io
      "
    `);
  });
});

describe("a secret in the preset", () => {
  test("is refused, and shown neither in the message nor in the excerpt", () => {
    const text = told("user: ubuntu", "user: ubuntu, sudoPassword: hunter2");
    expect(text).not.toContain("hunter2");
    expect(text).toMatchInlineSnapshot(`
      "
      demo.yaml:10:42: error: spec.topology.static.ssh.sudoPassword: a secret must not stand in the preset, where everyone who sees the file reads it
       10 |       ssh: { user: ubuntu, sudoPassword: *******, keyFile: ~/.ssh/id_ed25519 }
          |                                          ^^^^^^^
          = put it into a file only you can read and write \`sudoPassword: { file: PATH }\`; change the secret if this file was shared
          = allowed: { file: PATH } or { env: NAME }
      "
    `);
  });
  test.each(["password: hunter2", "pasword: hunter2", "sshPassphrase: hunter2", "apiToken: hunter2"])(
    "is not shown when another error stands on its line: %s",
    (pair) => {
      expect(told("user: ubuntu", `user: 7, ${pair}`)).not.toContain("hunter2");
    },
  );
  test("is not shown when the file is not even YAML", () => {
    expect(told("user: ubuntu", "password: hunter2, [")).not.toContain("hunter2");
  });
  test("is not shown as part of an address", () => {
    expect(told("  network:", "  packages: { proxy: http://me:hunter2@proxy:3142 }\n  network:")).not.toContain(
      "hunter2",
    );
  });
});

describe("text that is not YAML", () => {
  test("a tab", () => {
    expect(told("    podCIDR", "\tpodCIDR")).toMatchInlineSnapshot(`
      "
      demo.yaml:15:1: error: not valid YAML: tab characters must not be used in indentation
       15 | 	podCIDR: 10.244.0.0/16
          | ^
          = indent with spaces; YAML does not allow tabs there
      "
    `);
  });
  test("an indentation that is off by one", () => {
    expect(told("  network:", " network:")).toMatchInlineSnapshot(`
      "
      demo.yaml:14:2: error: not valid YAML: bad indentation of a mapping entry
       14 |  network:
          |  ^
          = check the indentation here and above; quote values that contain \`: \` or begin with @ \` % or *
      "
    `);
  });
  test("a bracket that is not closed", () => {
    expect(told("roles: [worker] }", "roles: [worker }")).toMatchInlineSnapshot(`
      "
      demo.yaml:13:59: error: not valid YAML: missed comma between flow collection entries
       13 |         - { name: w-1, address: 10.0.0.21, roles: [worker }
          |                                                           ^
          = separate the entries by commas, and close every bracket and brace
      "
    `);
  });
  test("a key that is given twice", () => {
    expect(told("  name: demo", "  name: demo\n  name: prod")).toMatchInlineSnapshot(`
      "
      demo.yaml:5:3: error: metadata.name: the key "name" is given twice; it already stands on line 4
       5 |   name: prod
         |   ^^^^
         = keep one of the two
      "
    `);
  });
  test("a second document", () => {
    expect(told("  network:", "---\n  network:")).toMatchInlineSnapshot(`
      "
      demo.yaml:14:1: error: a second document begins here, but a preset is exactly one
       14 | ---
          | ^^^
          = keep one cluster per file and remove the \`---\` between them
      "
    `);
  });
});

test("everything that is wrong comes at once, in the order of the file", () => {
  const text = valid
    .replace("kind: Cluster", "kind: Klaster")
    .replace("cp-1, address: 10.0.0.11", "w-1, address: 10.244.0.11")
    .replace("[worker]", "[wroker]")
    .replace("podCIDR", "plugin: ovs\n    podCIDR");
  expect(checkPreset(text, "demo.yaml").problems.map(({ line, path }) => `${line} ${path}`)).toEqual([
    "2 kind",
    "12 spec.topology.static.nodes[0].address",
    "13 spec.topology.static.nodes[1].name",
    "13 spec.topology.static.nodes[1].roles[0]",
    "15 spec.network.plugin",
  ]);
});
