import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kubeInstaller, lab } from "./kube-installer.ts";
import { differences, nodePicture } from "./node-picture.ts";

const machines = lab("bad-input");
const folder = mkdtempSync(join(tmpdir(), "kube-installer-bad-input-"));
const good = join(folder, "good.yaml");
let before = "";

beforeAll(async () => {
  await machines.down();
  await machines.up("--nodes", "1", "--preset-out", good);
  before = await machines.inNode("cp-1", nodePicture);
});

afterAll(async () => {
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

/** Installs with the good preset after one edit. */
function installWith(name: string, edit: (preset: string) => string, ...options: readonly string[]) {
  const file = join(folder, name);
  writeFileSync(file, edit(readFileSync(good, "utf8")));
  return kubeInstaller("install", "--preset", file, "--non-interactive", ...options);
}

const keyFile = () => /keyFile: (\S+)/.exec(readFileSync(good, "utf8"))?.[1] ?? "";
const bundle = () => /path: (\S+)/.exec(readFileSync(good, "utf8"))?.[1] ?? "";

test("a typo in the preset: place, what was found, did you mean", async () => {
  const { exitCode, stderr } = await installWith("typo.yaml", (preset) => preset.replace("kubernetes:", "kubernets:"));
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/typo\.yaml:\d+:\d+: error/);
  expect(stderr).toContain("did you mean");
});

test("nodes that cannot be reached are all named at once, and nothing changes when all are required", async () => {
  const network = /address: ([\d.]+)\.\d+/.exec(readFileSync(good, "utf8"))?.[1];
  const more = [201, 202]
    .map((last) => `        - { name: w-${last}, address: ${network}.${last}, roles: [worker] }\n`)
    .join("");
  const { exitCode, stderr } = await installWith(
    "unreachable.yaml",
    (preset) => `${preset.trimEnd()}\n${more}`,
    "--require-all-nodes",
  );
  expect(exitCode).toBe(4);
  expect(stderr).toContain("w-201");
  expect(stderr).toContain("w-202");
  expect(stderr).toContain("nothing was changed");
});

test("a first control plane that cannot be reached stops everything", async () => {
  const { exitCode, stderr } = await installWith("no-control-plane.yaml", (preset) =>
    preset.replace(/address: ([\d.]+)\.\d+/, "address: $1.203"),
  );
  expect(exitCode).toBe(4);
  expect(stderr).toContain("node cp-1");
});

test("a key the node does not know", async () => {
  const other = join(folder, "other-key");
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", other]);
  const { exitCode, stderr } = await installWith("key.yaml", (preset) => preset.replace(keyFile(), other));
  expect(exitCode).toBe(4);
  expect(stderr).toContain("authentication-failed");
  expect(stderr).toContain(other);
});

test("an unknown host key when nobody can be asked", async () => {
  const { exitCode, stderr } = await installWith("host-key.yaml", (preset) =>
    preset
      .replace(/ +hostKeyFingerprints:\n +- \S+/, "            hostKeys: ask")
      .replace(/name: bad-input/, "name: asked"),
  );
  expect(exitCode).toBe(5);
  expect(stderr).toMatch(/SHA256:/);
});

test("a host key that is not the pinned one", async () => {
  const { exitCode, stderr } = await installWith("pinned.yaml", (preset) =>
    preset.replace(/SHA256:\S+/, `SHA256:${"A".repeat(43)}`),
  );
  expect(exitCode).toBe(4);
  expect(stderr).toContain("host-key-refused");
});

test("a user who may not become root", async () => {
  await machines.inNode(
    "cp-1",
    "useradd -m plain && mkdir -p /home/plain/.ssh && cp /root/.ssh/authorized_keys /home/plain/.ssh/ && chown -R plain /home/plain/.ssh",
  );
  const { exitCode, stderr } = await installWith("sudo.yaml", (preset) => preset.replace("user: root", "user: plain"));
  await machines.inNode("cp-1", "pkill -KILL -u plain; userdel -r plain 2>/dev/null || userdel -rf plain");
  expect(exitCode).toBe(4);
  expect(stderr).toContain("sudo-refused");
});

test("a bundle with a damaged file", async () => {
  const damaged = join(folder, "damaged-bundle");
  cpSync(bundle(), damaged, { recursive: true });
  writeFileSync(join(damaged, "bin/kubeadm"), readFileSync(join(damaged, "bin/kubeadm")).subarray(0, 1_000_000));
  const { exitCode, stderr } = await installWith("bundle.yaml", (preset) => preset.replace(bundle(), damaged));
  rmSync(damaged, { recursive: true });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("bin/kubeadm");
});

test("a bundle for another kind of processor", async () => {
  const foreign = join(folder, "foreign-bundle");
  cpSync(bundle(), foreign, { recursive: true });
  const program = readFileSync(join(foreign, "bin/kubelet"));
  const manifest = join(foreign, "bundle.yaml");
  const digest = (content: Buffer) => createHash("sha256").update(content).digest("hex");
  const original = digest(program);
  program.writeUInt16LE(0xb7, 18); // e_machine of the ELF header: AArch64
  writeFileSync(join(foreign, "bin/kubelet"), program);
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace(original, digest(program)));
  const { exitCode, stderr } = await installWith("arm64.yaml", (preset) => preset.replace(bundle(), foreign));
  rmSync(foreign, { recursive: true });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("arm64");
});

test("a port that something else listens on, and a disk that is too small", async () => {
  await machines.inNode(
    "cp-1",
    "mount -t tmpfs -o size=32m tmpfs /var/lib/etcd; systemd-run --quiet --unit squatter perl -MIO::Socket::INET -e " +
      "'my $s = IO::Socket::INET->new(Listen => 1, LocalPort => 6443) or die; sleep 600'; " +
      "until ss -Htln 2>/dev/null | grep -q :6443 || grep -q ':192B ' /proc/net/tcp; do sleep 0.1; done",
  );
  const { exitCode, stdout } = await installWith("port.yaml", (preset) => preset);
  await machines.inNode("cp-1", "systemctl stop squatter; umount /var/lib/etcd");
  expect(exitCode).toBe(3);
  expect(stdout).toContain("6443");
  expect(stdout).toContain("/var/lib/etcd");
});

test("none of this changed the node", async () => {
  expect(differences(before, await machines.inNode("cp-1", nodePicture))).toEqual([]);
});
