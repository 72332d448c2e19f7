import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseFacts, probeFacts } from "../../../src/facts/probe.ts";
import { sections } from "../../../src/facts/sections.ts";
import { recordedFacts } from "./recorded.ts";

test("knows what kind of machine it is", () => {
  expect(recordedFacts("debian-12")).toMatchObject({
    os: { id: "debian", version: "12", codename: "bookworm", like: [] },
    architecture: "amd64",
    kernel: "6.1.0-28-amd64",
    hostname: "pc1",
    init: "systemd",
    systemd: true,
    cpus: 2,
    memoryBytes: 24_684_084 * 1024,
    cgroupVersion: 1,
    mayRaiseResourceLimits: false,
    maySetClock: false,
    swapActive: false,
    kernelParts: { overlay: "present", br_netfilter: "present", nf_conntrack: "present" },
  });
});

test("reads Ubuntu's way of saying things", () => {
  const facts = recordedFacts("debian-12", {
    os: 'PRETTY_NAME="Ubuntu 24.04.1 LTS"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\nVERSION_CODENAME=noble',
    system: "aarch64\n6.8.0-45-generic\nnode-7\nsystemd\n8\ncgroup2fs\n0123456789abcdef0123456789abcdef",
    cgroups: "cpuset cpu io memory hugetlb pids rdma misc",
    capabilities: "CapBnd:\t000001ffffffffff",
    swaps: "Filename\tType\tSize\tUsed\tPriority\n/swap.img file 2097148 0 -2",
    "kernel-parts": "overlay loadable\nbr_netfilter loadable\nnf_conntrack absent",
    "package-sources":
      'Acquire::http::Proxy "http://proxy.example:3142";\nURIs: http://archive.ubuntu.com/ubuntu/\nURIs: https://esm.ubuntu.com/apps/ubuntu',
  });
  expect(facts).toMatchObject({
    os: { id: "ubuntu", version: "24.04", codename: "noble", like: ["debian"] },
    architecture: "arm64",
    cpus: 8,
    cgroupVersion: 2,
    mayRaiseResourceLimits: true,
    maySetClock: true,
    swapActive: true,
    swaps: ["/swap.img"],
    kernelParts: { overlay: "loadable", nf_conntrack: "absent" },
    packages: { sources: ["proxy.example:3142"] },
  });
  expect(facts.cgroupControllers).toContain("pids");
});

test("finds addresses, interfaces, routes and listening sockets", () => {
  const facts = recordedFacts("control-plane");
  expect(facts.addresses).toContainEqual({ interface: "eth0", address: "10.178.0.11", prefix: 24 });
  expect(facts.interfaces).toContainEqual({ name: "eth0", mac: "02:7c:00:00:00:0b", mtu: 1500 });
  expect(facts.routes).toContainEqual({ destination: "0.0.0.0/0", via: "10.178.0.1", interface: "eth0" });
  expect(facts.routes).toContainEqual({ destination: "10.244.2.0/24", via: "10.178.0.21", interface: "eth0" });
  expect(facts.listening).toContainEqual({ port: 6443, protocol: "tcp", process: "kube-apiserver", address: "::" });
  expect(facts.listening).toContainEqual({ port: 2379, protocol: "tcp", process: "etcd", address: "127.0.0.1" });
});

test("asks the kernel where there is neither ip nor ss", () => {
  const facts = recordedFacts("debian-12", {
    addresses: "",
    interfaces: "",
    routes: "",
    sockets: "",
    "kernel-routes": [
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
      "eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0",
      "eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
    ].join("\n"),
    "kernel-addresses": [
      "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 127.0.0.1\n        /32 host LOCAL\n     |-- 192.168.1.7\n        /32 host LOCAL",
      "fe800000000000000000fffe00000001 02 40 20 80     eth0",
    ].join("\n\n"),
    "kernel-interfaces": "/sys/class/net/eth0/mtu:1450\n/sys/class/net/eth0/address:02:00:00:00:00:01",
    "kernel-sockets":
      "tcp   0: 00000000:192B 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0",
    "socket-owners": "/proc/42/comm:nginx\n/proc/42/fd:\nlrwx------ 1 root root 64 Nov 21 11:00 6 -> socket:[4711]",
  });
  expect(facts.addresses).toEqual([
    { interface: "lo", address: "127.0.0.1", prefix: 8 },
    { interface: "eth0", address: "192.168.1.7", prefix: 24 },
    { interface: "eth0", address: "fe80::fffe:0:1", prefix: 64 },
  ]);
  expect(facts.interfaces).toEqual([{ name: "eth0", mac: "02:00:00:00:00:01", mtu: 1450 }]);
  expect(facts.routes).toEqual([
    { destination: "0.0.0.0/0", via: "192.168.1.1", interface: "eth0" },
    { destination: "192.168.1.0/24", interface: "eth0" },
  ]);
  expect(facts.listening).toEqual([{ port: 6443, protocol: "tcp", process: "nginx", address: "0.0.0.0" }]);
});

test("knows free space by directory and the file system below it", () => {
  const facts = recordedFacts("debian-12");
  expect(Object.keys(facts.freeBytes)).toEqual(["/", "/var/lib/containerd", "/var/lib/kubelet", "/var/lib/etcd"]);
  expect(facts.fileSystems["/var/lib/etcd"]).toMatchObject({ mountPoint: "/var/lib/etcd", type: "ext4" });
  expect(facts.fileSystems["/"]?.freeBytes).toBeGreaterThan(2 ** 30);
});

test("prefers what a tool says of itself to the version of its package", () => {
  const { installed } = recordedFacts("control-plane");
  expect(installed).toMatchObject({
    containerd: "1.6.20~ds1",
    kubelet: "1.20.2",
    kubeadm: "1.20.2",
    kubectl: "1.20.2",
  });
  expect(installed).toMatchObject({ conntrack: "1:1.4.7-1+b2", crictl: "1.20" });
  expect(installed).not.toHaveProperty("chrony");
});

test("knows units that are active, enabled, or not there", () => {
  const { services } = recordedFacts("control-plane");
  expect(services.kubelet).toEqual({ active: true, enabled: true });
  expect(services).not.toHaveProperty("firewalld");
});

test("tells which cluster a node is in, as kubeadm fingerprints its CA", () => {
  const facts = recordedFacts("control-plane");
  expect(facts.kubernetes).toMatchObject({
    server: "https://10.178.0.11:6443",
    claimedBy: "clab",
    joined: true,
    etcdData: true,
    networkConfigs: ["10-kube-installer-bridge.conflist"],
    runtimeSockets: ["/run/containerd/containerd.sock"],
  });
  expect(facts.kubernetes.files).toContain("/etc/kubernetes/manifests/etcd.yaml");
  expect(facts.kubernetes.caFingerprint).toBe(
    "sha256:186d469f1c5f0e82ebf4c35c2d1b9618f8f1f82dab70b7abb45d054144554a6b",
  );
  expect(recordedFacts("debian-12").kubernetes).toMatchObject({ files: [], joined: false, etcdData: false });
});

test("reads base chains of nft and of both kinds of iptables", () => {
  const { filterChains } = recordedFacts("debian-12", {
    "filter-chains": [
      "table inet filter {",
      "\tchain input {",
      "\t\ttype filter hook input priority filter; policy drop;",
      "\t}",
      "}",
      "iptables-legacy -P INPUT ACCEPT",
      "iptables-legacy -P FORWARD DROP",
    ].join("\n"),
  });
  expect(filterChains).toEqual([
    { table: "inet filter", chain: "input", hook: "input", policy: "drop" },
    { table: "legacy filter", chain: "INPUT", hook: "input", policy: "accept" },
    { table: "legacy filter", chain: "FORWARD", hook: "forward", policy: "drop" },
  ]);
});

test("knows half installed packages, who holds the lock and what apt would install", () => {
  const { packages } = recordedFacts("debian-12", {
    "dpkg-audit": "iF  postfix",
    "dpkg-lock": "812 unattended-upgr",
    "package-candidates": "containerd:\n  Installed: (none)\n  Candidate: 1.6.20~ds1-1+deb12u3\n  Version table:",
  });
  expect(packages).toMatchObject({
    broken: ["postfix"],
    lockedBy: "unattended-upgr (pid 812)",
    candidates: { containerd: "1.6.20~ds1-1+deb12u3" },
    sources: ["mirror.example.com:80"],
  });
});

test("leaves the credentials of a proxy out", () => {
  const { proxies } = recordedFacts("debian-12", {
    proxies: 'https_proxy="http://me:pass@proxy:3128"\nNO_PROXY=10.0.0.0/8',
  });
  expect(proxies).toEqual({ https_proxy: "http://proxy:3128", no_proxy: "10.0.0.0/8" });
});

test("places the node's clock in the middle of its work", () => {
  const { clock } = recordedFacts("debian-12", {
    "started-at": "1700000000000000000",
    "ended-at": "1700000000200000000",
  });
  expect(clock).toEqual({ askedAt: 1_000, answeredAt: 1_300, nodeTime: 1_700_000_000_100, nodeSpent: 200 });
});

test("does not take half an answer for a whole one", () => {
  expect(() => parseFacts("\u001estarted-at\n17\n\u001eos\nID=deb", { askedAt: 0, answeredAt: 1 })).toThrow(
    expect.objectContaining({ code: "command-failed" }),
  );
});

test("takes whatever a machine answers", () => {
  const names = Object.keys(sections).filter((name) => name !== "ended-at");
  const answer = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(...'0123 :=/.-"{}\n\tabcx') }),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), answer), (answers) => {
      const text = Object.entries(answers).map(([name, said]) => `\u001e${name}\n${said.replaceAll("\u001e", "")}\n`);
      const facts = parseFacts(`${text.join("")}\u001eended-at\n1\n`, { askedAt: 0, answeredAt: 1 });
      expect(Array.isArray(facts.routes)).toBe(true);
    }),
  );
});

test.each([
  ["an IPv6 address that is none", { "kernel-addresses": "\n\n0" }],
  [
    "a route to nowhere beside an address",
    { "kernel-addresses": "|-- 10.0.0.1\n /32 host LOCAL", "kernel-routes": "Iface\neth0 xx 00000000 1 0 0 0 FF" },
  ],
])("takes %s", (_, answers) => {
  const text = Object.entries(answers).map(([name, said]) => `\u001e${name}\n${said}\n`);
  const facts = parseFacts(`${text.join("")}\u001eended-at\n1\n`, { askedAt: 0, answeredAt: 1 });
  expect(facts.addresses.map(({ address }) => address)).not.toContain("0");
});

test("runs on a real machine: the one the test runs on", async () => {
  const reader = {
    read: async (command: { text: string }) => ({
      stdout: execFileSync("sh", ["-c", command.text], { encoding: "utf8", maxBuffer: 2 ** 24 }),
    }),
  };
  const before = Date.now();
  const facts = await probeFacts(reader, { signal: new AbortController().signal });
  expect(facts.hostname).not.toBe("");
  expect(facts.cpus).toBeGreaterThan(0);
  expect(facts.memoryBytes).toBeGreaterThan(2 ** 27);
  expect(facts.addresses).toContainEqual({ interface: "lo", address: "127.0.0.1", prefix: 8 });
  expect(facts.fileSystems["/"]?.totalBytes).toBeGreaterThan(0);
  expect(facts.clock.nodeTime).toBeGreaterThanOrEqual(before - 1);
  expect(facts.clock.nodeTime).toBeLessThanOrEqual(Date.now() + 1);
});
