import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importMachines } from "../../../../src/ui/wizard/machines/import-machines.ts";

const seen = (text: string) =>
  importMachines(text).machines.map(({ line: _, roles, ...rest }) => ({ ...rest, roles: roles.join(" ") }));
const problems = (text: string) => importMachines(text).problems.map(({ line, reason }) => `line ${line}: ${reason}`);

describe("a list of machines", () => {
  test("may be nothing but addresses", () => {
    expect(seen("# ours\n10.0.0.11\n\nann@10.0.0.12:2222\nw3.example.com\n")).toEqual([
      { address: "10.0.0.11", roles: "" },
      { address: "10.0.0.12", user: "ann", port: 2222, roles: "" },
      { address: "w3.example.com", roles: "" },
    ]);
  });

  test("may have lines of name, address and roles", () => {
    expect(seen("cp-1 10.0.0.11 control-plane\nw-1\t10.0.0.21 worker\n10.0.0.22 master node")).toEqual([
      { name: "cp-1", address: "10.0.0.11", roles: "control-plane" },
      { name: "w-1", address: "10.0.0.21", roles: "worker" },
      { address: "10.0.0.22", roles: "control-plane worker" },
    ]);
  });

  test("says which line was not understood, and why", () => {
    expect(problems("w-1 10.0.0.11\nw-2 10.0.0.999\n\nw-3 10.0.0.13 boss\nw_4 10.0.0.14")).toEqual([
      'line 2: "10.0.0.999" is not an IP address',
      'line 4: "boss" is no role: control-plane and worker are',
    ]);
  });

  test("may be CSV with names of columns in any order", () => {
    const text =
      'address;name;labels;roles;port\n10.0.0.11;cp-1;"size=big,zone=a";control-plane+worker;2200\n10.0.0.12;w-1;;worker;';
    expect(seen(text)).toEqual([
      {
        name: "cp-1",
        address: "10.0.0.11",
        roles: "control-plane worker",
        port: 2200,
        labels: { size: "big", zone: "a" },
      },
      { name: "w-1", address: "10.0.0.12", roles: "worker" },
    ]);
  });

  test("may be CSV without them", () => {
    expect(seen("w-1,10.0.0.21,worker,deploy,22,zone=a\n10.0.0.22,worker\n10.0.0.23,w-3")).toEqual([
      { name: "w-1", address: "10.0.0.21", roles: "worker", user: "deploy", port: 22, labels: { zone: "a" } },
      { address: "10.0.0.22", roles: "worker" },
      { name: "w-3", address: "10.0.0.23", roles: "" },
    ]);
    expect(problems('w-1,10.0.0.21\nw-2,"10.0.0.22\nw-3,10.0.0.23,worker,,99999')).toEqual([
      "line 2: a quotation mark is not closed",
      'line 3: "99999" is not a port',
    ]);
  });

  test("may be an Ansible inventory in INI", () => {
    const text = `
[all:vars]
ansible_user=deploy
[kube_control_plane]
cp-1 ansible_host=10.0.0.11 ansible_port=2222
[kube_node]
w[1:2].example.com
cp-1
[kube_node:vars]
ansible_user="ann"
[k8s_cluster:children]
kube_control_plane
kube_node
[etcd]
cp-1`;
    expect(seen(text)).toEqual([
      { name: "cp-1", address: "10.0.0.11", user: "ann", port: 2222, roles: "control-plane worker" },
      { address: "w1.example.com", user: "ann", roles: "worker" },
      { address: "w2.example.com", user: "ann", roles: "worker" },
    ]);
    expect(importMachines(text).machines[0]?.line).toBe(5);
    expect(problems("[workers]\nw[1:99999]")).toEqual(['line 2: "w[1:99999]" stands for more machines than can be']);
  });

  test("may be an Ansible inventory in YAML", () => {
    const text = `all:
  vars: { ansible_user: deploy }
  hosts:
    node1: { ansible_host: 10.0.0.11, ip: 192.168.0.11 }
    node2: { ansible_host: 10.0.0.12, ansible_port: 2222 }
  children:
    kube_control_plane:
      hosts:
        node1:
    workers:
      hosts:
        node2:
        10.0.0.13: {}
`;
    expect(seen(text)).toEqual([
      { name: "node1", address: "10.0.0.11", internalAddress: "192.168.0.11", user: "deploy", roles: "control-plane" },
      { name: "node2", address: "10.0.0.12", user: "deploy", port: 2222, roles: "worker" },
      { address: "10.0.0.13", user: "deploy", roles: "worker" },
    ]);
    expect(importMachines(text).machines.map(({ line }) => line)).toEqual([4, 5, 13]);
    expect(problems("all:\n  hosts:\n    a: {b: [}\n")[0]).toMatch(/^line 3: this is not valid YAML: /);
    expect(problems("all:\n  children: \n    workers: 7\n")).toEqual([
      "line 3: workers is no group: a group has hosts, children or vars",
    ]);
  });

  test("may be lines of /etc/hosts", () => {
    const text = "127.0.0.1 localhost\n10.0.0.11 cp-1.example.com cp-1 # first\n10.0.0.21\tw-1\n";
    expect(seen(text)).toEqual([
      { name: "cp-1", address: "10.0.0.11", roles: "" },
      { name: "w-1", address: "10.0.0.21", roles: "" },
    ]);
    expect(problems(text)[0]).toContain("line 1:");
  });

  test("leaves nothing in that could move the cursor, and no more than a screen can stand", () => {
    const text = "\u001B[2Jw-1 10.0.0.11\n\u001B]0;title\u0007evil\u202E 10.0.0.12\nw-3 10.0.0.13 \u0000\u001B[31mboss";
    expect(JSON.stringify(importMachines(text))).not.toMatch(/\\u0000|\\u001b|\u202E/i);
    expect(importMachines("x".repeat(1_000_001)).problems).toHaveLength(1);
    const many = Array.from({ length: 5002 }, (_, at) => `10.${Math.floor(at / 250)}.1.${at % 250}`).join("\n");
    expect(importMachines(many).machines).toHaveLength(5000);
    expect(problems(many).at(-1)).toBe("line 5001: no more than 5000 machines are taken");
  });

  test("may be anything at all", () => {
    const word = fc.constantFrom(
      "10.0.0.1",
      "w-1",
      "[kube_node]",
      "[a:children]",
      "[:vars]",
      "[",
      "all:",
      "  hosts:",
      "    __proto__: &a {children: *a}",
      "children: {constructor: {hosts: {toString: }}}",
      "ansible_host=",
      ",",
      ";",
      '"',
      "worker",
      "\n",
      "\t",
      " ",
      "\u001B[2J",
      "&a",
      "*a",
      "- ",
      "w[1:3]",
      "x=y",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.array(word, { maxLength: 40 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (given) => {
        const { machines, problems: wrong } = importMachines(given);
        const printed = [
          ...machines.flatMap(({ address, name = "", user = "", labels = {} }) => [
            address,
            name,
            user,
            ...Object.entries(labels).flat(),
          ]),
          ...wrong.map(({ reason }) => reason),
        ].join("");
        return !/[\p{Cc}\u202A-\u202E]/u.test(printed.replaceAll("\t", ""));
      }),
      { numRuns: 500 },
    );
  });
});
