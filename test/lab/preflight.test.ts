import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Finding, PreflightReport } from "../../src/engine/findings.ts";
import { kubeInstaller, lab } from "./kube-installer.ts";
import { differences, nodePicture } from "./node-picture.ts";

const machines = lab("preflight-test");
const folder = mkdtempSync(join(tmpdir(), "kube-installer-preflight-"));
const preset = join(folder, "preset.yaml");
const nodes = ["cp-1", "w-1", "w-2", "w-3"];
/** What Debian's sudo leaves in the home of whoever uses it for the first time. */
const madeBySudo = ".sudo_as_admin_successful";
const pictures = new Map<string, string>();

beforeAll(async () => {
  await machines.down();
  await machines.up("--nodes", "4", "--variant", "sudo", "--preset-out", preset);
  for (const node of nodes) pictures.set(node, await machines.inNode(node, nodePicture));
});

afterAll(async () => {
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

async function preflight(): Promise<{ exitCode: number; report: PreflightReport }> {
  const { exitCode, stdout, stderr } = await kubeInstaller("preflight", "--preset", preset, "--output", "json");
  if (stdout === "") throw new Error(`preflight ended with ${exitCode} and no report\n${stderr}`);
  return { exitCode, report: JSON.parse(stdout) };
}

const addressOf = async (node: string) => (await machines.inNode(node, "hostname -I")).trim().split(" ")[0] ?? "";
const errorsOf = ({ findings }: PreflightReport) => findings.filter(({ severity }) => severity === "error");
const named = ({ node, check }: Finding) => `${node}: ${check}`;

/** Holds dpkg's lock until the unit is stopped. */
const holdDpkgLock = `systemd-run -q --unit=hold-lock perl -MFcntl=:DEFAULT,:seek -e '
       open my $$lock, ">>", "/var/lib/dpkg/lock-frontend" or die;
       my $$whole = pack("s s x![q] q q i", F_WRLCK, SEEK_SET, 0, 0, 0);
       fcntl $$lock, F_SETLK, $$whole or die; sleep'
     timeout 30 sh -c "until grep -q :$(stat -c %i /var/lib/dpkg/lock-frontend) /proc/locks; do sleep 0.1; done"`;

test("bare nodes have no error, and preflight leaves them as they were", async () => {
  const { exitCode, report } = await preflight();
  expect(errorsOf(report)).toEqual([]);
  expect(exitCode).toBe(0);
  for (const node of nodes) {
    const changes = differences(pictures.get(node) ?? "", await machines.inNode(node, nodePicture));
    expect(changes.filter((line) => !line.includes(madeBySudo))).toEqual([]);
    expect(await machines.inNode(node, "pgrep -x kube-preflight || echo none")).toBe("none\n");
  }
});

test.each([
  ["yet to run, as an apt that was killed leaves it", "triggers-pending", "Triggers-Pending: ldconfig", "true"],
  ["at work on, as an apt that still runs shows it", "half-configured", "Config-Version: 1", holdDpkgLock],
])("a trigger dpkg has %s, is no error", async (_when, status, field, meanwhile) => {
  await machines.inNode(
    "w-1",
    `cp -p /var/lib/dpkg/status /root/status
     sed -i '/^Package: libc-bin$/,/^$/{s/^Status: .*/Status: install ok ${status}/;s/^Architecture:/${field}\\n&/}' /var/lib/dpkg/status
     ${meanwhile}`,
  );
  expect(await machines.inNode("w-1", "dpkg --audit")).toContain("libc-bin");
  const { report } = await preflight();
  await machines.inNode("w-1", "systemctl stop hold-lock 2>/dev/null; mv /root/status /var/lib/dpkg/status");
  expect(errorsOf(report)).toEqual([]);
});

test("everything that is wrong on any node is told in one pass", async () => {
  const [controlPlane, worker] = await Promise.all([addressOf("cp-1"), addressOf("w-1")]);
  const gateway = controlPlane.replace(/\d+$/, "1");
  await machines.inNode(
    "cp-1",
    `systemd-run -q --unit=squatter perl -MIO::Socket::INET -e 'my $socket = IO::Socket::INET->new(LocalPort => 6443, Listen => 5) or die; sleep'
     timeout 30 sh -c "until grep -q ':192B 00000000:0000 0A' /proc/net/tcp; do sleep 0.1; done"
     ip rule add to ${worker} ipproto tcp sport 6443 blackhole
     ip rule add to ${worker} ipproto tcp dport 10250 unreachable
     ip route add 10.244.7.0/24 via ${gateway}
     mkdir -p /var/lib/etcd; mount -t tmpfs -o size=64M squeeze /var/lib/etcd`,
  );
  const machineId = await machines.inNode("cp-1", "cat /etc/machine-id");
  await machines.inNode(
    "w-1",
    `echo ${machineId.trim()} > /etc/machine-id
     echo 10.9.9.9 cp-1 >> /etc/hosts
     mkdir -p /etc/kubernetes; echo '    server: https://10.9.9.9:6443' > /etc/kubernetes/kubelet.conf`,
  );
  await machines.inNode("w-2", "mv /etc/sudoers.d /etc/sudoers.away; mkdir /etc/sudoers.d");
  await machines.fault("w-3", "freeze");

  const { exitCode, report } = await preflight();
  await machines.fault("w-3", "thaw");

  expect(exitCode).toBe(4);
  expect(errorsOf(report).map(named).sort()).toEqual([
    "cp-1: identity.machine-id",
    "cp-1: network.ports",
    "cp-1: network.ranges",
    "cp-1: network.reachability",
    "cp-1: resources.disk",
    "w-1: identity.machine-id",
    "w-1: leftovers.cluster",
    "w-1: network.reachability",
    "w-2: access.root",
    "w-3: access.login",
  ]);
  const seen = Object.fromEntries(report.findings.map((finding) => [named(finding), finding.measured]));
  expect(seen).toMatchObject({
    "cp-1: network.ports": "perl listens on 0.0.0.0:6443",
    "cp-1: network.ranges": `route 10.244.7.0/24 via ${gateway} on eth0`,
    "cp-1: resources.disk": "64 MiB free",
    "w-1: network.reachability": "no answer within 3 s",
    "w-1: network.hosts": "10.9.9.9 cp-1",
    "w-1: leftovers.cluster": "the kubelet is set up for https://10.9.9.9:6443",
    "w-2: access.root": "sudo-refused",
    "w-3: access.login": "unreachable",
  });
  for (const { fix } of report.findings) expect(fix).not.toBe("");
});

test("once all is put right, nothing is found any more", async () => {
  await machines.inNode(
    "cp-1",
    `systemctl stop squatter; umount /var/lib/etcd
     ip route del 10.244.7.0/24
     while ip rule | grep -qE 'blackhole|unreachable'; do ip rule del pref "$(ip rule | grep -E -m 1 'blackhole|unreachable' | cut -d: -f1)"; done`,
  );
  await machines.inNode(
    "w-1",
    "rm -r /etc/kubernetes; sed -i '/10.9.9.9/d' /etc/hosts; tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id",
  );
  await machines.inNode("w-2", "rmdir /etc/sudoers.d; mv /etc/sudoers.away /etc/sudoers.d");
  const { exitCode, report } = await preflight();
  expect(errorsOf(report)).toEqual([]);
  expect(exitCode).toBe(0);
});
