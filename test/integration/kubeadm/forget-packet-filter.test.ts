import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { forgetPacketFilter } from "../../../src/steps/kubeadm/forget-packet-filter.ts";

let holder: ChildProcess;

const inside = (command: string): string => {
  const result = spawnSync("nsenter", ["-t", String(holder.pid), "-n", "sh", "-c", command], { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`${command}\n${result.stderr}`);
  return result.stdout.trim();
};

beforeEach(async () => {
  holder = spawn("unshare", ["--net", "sh", "-c", "echo ready; exec sleep infinity"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => holder.stdout?.once("data", resolve));
});

afterEach(async () => {
  const ended = new Promise((resolve) => holder.once("exit", resolve));
  holder.kill("SIGKILL");
  await ended;
});

const foreign = `*filter
:INPUT DROP [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:MY-CHAIN - [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m comment --comment "not -j KUBE-FIREWALL" -m tcp --dport 22 -j MY-CHAIN
-A MY-CHAIN -s 192.0.2.0/24 -j ACCEPT
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:DOCKER - [0:0]
-A POSTROUTING -s 172.17.0.0/16 -j MASQUERADE
COMMIT
`;
const kubernetes = `*filter
:KUBE-FIREWALL - [0:0]
:KUBE-INSTALLER-FORWARD - [0:0]
:KUBE-SERVICES - [0:0]
-A INPUT -j KUBE-FIREWALL
-A FORWARD -m comment --comment "kubernetes service portals" -m conntrack --ctstate NEW -j KUBE-SERVICES
-A FORWARD -j KUBE-INSTALLER-FORWARD
-A KUBE-FIREWALL -m mark --mark 0x8000/0x8000 -j DROP
-A KUBE-INSTALLER-FORWARD -s 10.244.0.0/16 -j ACCEPT
COMMIT
*nat
:CNI-DN-0123456789abcdef01234 - [0:0]
:CNI-HOSTPORT-DNAT - [0:0]
:KUBE-MARK-MASQ - [0:0]
:KUBE-SERVICES - [0:0]
:KUBE-SVC-NPX46M4PTMTKRN6Y - [0:0]
-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT
-A CNI-HOSTPORT-DNAT -p tcp -m multiport --dports 8080 -j CNI-DN-0123456789abcdef01234
-A KUBE-SERVICES -d 10.96.0.1/32 -p tcp -m tcp --dport 443 -j KUBE-SVC-NPX46M4PTMTKRN6Y
-A KUBE-SVC-NPX46M4PTMTKRN6Y ! -s 10.244.0.0/16 -j KUBE-MARK-MASQ
COMMIT
`;

describe.each(["iptables-nft", "iptables-legacy"])("leaving a cluster with %s", (backend) => {
  const load = (rules: string, ...options: string[]) =>
    inside(`printf '%s' '${rules.replaceAll("'", "'\\''")}' | ${[`${backend}-restore`, ...options].join(" ")}`);
  const save = () => inside(`${backend}-save | grep -v '^#'`);

  test("takes Kubernetes' rules and leaves everybody else's as they were", () => {
    load(foreign);
    const before = save();
    load(kubernetes, "--noflush");
    expect(save()).toContain("KUBE-SVC-NPX46M4PTMTKRN6Y");
    inside(forgetPacketFilter.text);
    expect(save().split("\n").sort()).toEqual(before.split("\n").sort());
  });

  test("does nothing where there is nothing to take, and may be repeated", () => {
    inside(forgetPacketFilter.text);
    load(foreign);
    const before = save();
    inside(forgetPacketFilter.text);
    inside(forgetPacketFilter.text);
    expect(save()).toBe(before);
  });
});
