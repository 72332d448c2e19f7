import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stateFolder } from "../../src/engine/state-folder.ts";
import { minutes, seconds, until } from "../../src/engine/time.ts";
import { kubeInstaller, lab, succeed } from "./kube-installer.ts";
import { noTraces, tracesOf } from "./traces.ts";

const name = "nodes-test";
const machines = lab(name);
const folder = mkdtempSync(join(tmpdir(), "kube-installer-nodes-"));
const signal = new AbortController().signal;

/** The address the status prints for a node. */
async function addressOf(node: string): Promise<string> {
  const line = (await succeed("lab", "status", "--name", name)).split("\n").find((text) => text.includes(` ${node} `));
  return /10\.7[89]\.\d+\.\d+/.exec(line ?? "")?.[0] ?? "";
}

async function stateOf(node: string): Promise<string> {
  const line = (await succeed("lab", "status", "--name", name)).split("\n").find((text) => text.includes(` ${node} `));
  return line?.trim().split(/\s+/).at(-1) ?? "";
}

/** Logs in with the real ssh, which knows the node's host key from the lab's folder and accepts no other. */
async function ssh(node: string, command: string): Promise<string> {
  const lab = join(stateFolder(), "labs", name);
  const address = await addressOf(node);
  const hostKey = readFileSync(join(lab, "nodes", node, "ssh_host_ed25519_key.pub"), "utf8");
  const knownHosts = join(folder, `known-${node}`);
  writeFileSync(knownHosts, `${address} ${hostKey}`);
  const options = [
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    `UserKnownHostsFile=${knownHosts}`,
    "ConnectTimeout=3",
  ];
  const flags = options.flatMap((option) => ["-o", option]);
  const args = ["-F", "none", ...flags, "-i", join(lab, "id_ed25519"), `root@${address}`, command];
  return execFileSync("ssh", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

async function untilSsh(node: string, command: string): Promise<string> {
  return until(
    `${node} to answer`,
    async () => {
      try {
        return { done: true, value: await ssh(node, command) };
      } catch (thrown) {
        return { done: false, saw: String(thrown) };
      }
    },
    { signal, deadline: minutes(1), interval: 200 },
  );
}

/** `ping` from one node to another: the percentage lost and the shortest round trip. */
async function ping(from: string, to: string, count: number): Promise<{ lost: number; shortest: number }> {
  const command = `ping -q -c ${count} -i 0.1 -W 1 ${await addressOf(to)} || true`;
  const output = await machines.inNode(from, command);
  return {
    lost: Number(/([\d.]+)% packet loss/.exec(output)?.[1]),
    shortest: Number(/= ([\d.]+)\//.exec(output)?.[1] ?? Number.NaN),
  };
}

beforeAll(async () => {
  await machines.down();
  expect(tracesOf(name)).toEqual(noTraces);
  await machines.up("--nodes", "3");
});

afterAll(async () => {
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

describe("a lab that is up", () => {
  test("has every kind of trace that is looked for afterwards", () => {
    for (const [kind, found] of Object.entries(tracesOf(name))) expect(found, kind).not.toEqual([]);
  });

  test("lets root in by key, showing the host key it was made with", async () => {
    expect((await ssh("cp-1", "hostname; id -un")).trim().split("\n")).toEqual(["cp-1", "root"]);
  });

  test("has nodes that boot without a failed unit and differ in identity", async () => {
    const identities = [];
    for (const node of ["cp-1", "w-1", "w-2"]) {
      expect((await machines.inNode(node, "systemctl is-system-running --wait")).trim()).toBe("running");
      identities.push(await machines.inNode(node, "cat /etc/machine-id /etc/ssh/ssh_host_ed25519_key.pub"));
    }
    expect(new Set(identities).size).toBe(3);
  });

  test("has nodes without what an installer must bring", async () => {
    const script =
      "for p in containerd runc iptables conntrack socat haproxy kubeadm curl; do command -v $p; done; true";
    expect((await machines.inNode("w-1", script)).trim()).toBe("");
  });

  test("gives its nodes Debian packages and no other way out", async () => {
    await machines.inNode("w-1", "apt-get -qq update && apt-get -qq install -y --no-install-recommends socat");
    expect(await machines.inNode("w-1", "socat -V")).toContain("socat version");
    const outside = await kubeInstaller(
      "lab",
      "exec",
      "w-1",
      "--name",
      name,
      "--",
      "ping",
      "-c1",
      "-W2",
      "192.0.2.200",
    );
    expect(outside.stdout).toContain("Unreachable");
    expect(
      (await kubeInstaller("lab", "exec", "w-1", "--name", name, "--", "getent", "hosts", "mirror.example.com"))
        .exitCode,
    ).toBe(2);
  });

  test("keeps this machine's clock and modules out of the nodes' reach", async () => {
    const script = "sed -n 's/^CapBnd:\\t//p' /proc/self/status";
    for (const bounding of [await machines.inNode("w-1", script), await ssh("w-1", script)]) {
      const rights = BigInt(`0x${bounding.trim()}`);
      const has = (bit: number) => ((rights >> BigInt(bit)) & 1n) === 1n;
      expect({ sysTime: has(25), sysModule: has(16), netAdmin: has(12) }).toEqual({
        sysTime: false,
        sysModule: false,
        netAdmin: true,
      });
    }
  });

  test("lets nodes make control groups, as a container runtime does", async () => {
    const script =
      'for d in /sys/fs/cgroup/*; do [ -w "$d/cgroup.procs" ] || continue; mkdir "$d/mine" && rmdir "$d/mine" || exit 1; echo made; done';
    expect(await machines.inNode("w-1", script)).toContain("made");
  });

  test("stays as it is when it is brought up again, and grows when more is wanted", async () => {
    await machines.inNode("w-1", "touch /run/still-the-same-boot");
    await machines.up("--nodes", "3");
    await machines.inNode("w-1", "test -e /run/still-the-same-boot");
    await machines.up("--nodes", "4");
    expect(await stateOf("w-3")).toBe("running");
    await machines.inNode("w-1", "test -e /run/still-the-same-boot");
  });

  test("refuses another login than it was made with", async () => {
    const { exitCode, stderr } = await kubeInstaller("lab", "up", "--name", name, "--variant", "sudo");
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`lab down --name ${name}`);
  });
});

describe("lab exec", () => {
  test("hands arguments over untouched and the exit code back", async () => {
    const args = [
      "lab",
      "exec",
      "w-1",
      "--name",
      name,
      "--",
      "sh",
      "-c",
      'printf "%s|" "$@"; exit 7',
      "sh",
      "a b",
      "$HOME",
      "--name",
    ];
    expect(await kubeInstaller(...args)).toMatchObject({ exitCode: 7, stdout: "a b|$HOME|--name|" });
  });

  test("says which nodes there are when the name is wrong", async () => {
    const { exitCode, stderr } = await kubeInstaller("lab", "exec", "w-9", "--name", name, "--", "true");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("cp-1, w-1, w-2");
  });
});

describe("lab fault", () => {
  test("power-off ends a node at once, power-on brings it back with its disk and identity", async () => {
    const before = await machines.inNode("w-2", "echo kept > /root/file; sync; cat /etc/machine-id");
    await machines.fault("w-2", "power-off");
    await machines.fault("w-2", "power-off");
    expect(await stateOf("w-2")).toBe("off");
    expect((await kubeInstaller("lab", "exec", "w-2", "--name", name, "--", "true")).exitCode).toBe(4);
    await machines.fault("w-2", "power-on");
    expect(await ssh("w-2", "cat /root/file /etc/machine-id")).toBe(`kept\n${before}`);
  });

  test("reboot starts a node anew, also when the node itself asks for it", async () => {
    const mark = () => machines.inNode("w-2", "touch /run/this-boot");
    await mark();
    await machines.fault("w-2", "reboot");
    expect((await untilSsh("w-2", "ls /run/this-boot 2>&1 || true")).trim()).toContain("No such file");
    await mark();
    await machines.inNode("w-2", "systemctl reboot");
    await until(
      "w-2 to have rebooted",
      async () => {
        const { stdout, exitCode } = await kubeInstaller("lab", "exec", "w-2", "--name", name, "--", "ls", "/run");
        const rebooted = exitCode === 0 && stdout.includes("sshd.pid") && !stdout.includes("this-boot");
        return rebooted ? { done: true, value: true } : { done: false, saw: stdout };
      },
      { signal, deadline: minutes(2), interval: 300 },
    );
    await untilSsh("w-2", "true");
  });

  test("freeze silences a node, thaw lets it go on where it was", async () => {
    await machines.inNode("w-2", "touch /run/not-rebooted");
    await machines.fault("w-2", "freeze");
    expect(await stateOf("w-2")).toBe("frozen");
    await expect(ssh("w-2", "true")).rejects.toThrow();
    await machines.fault("w-2", "thaw");
    await untilSsh("w-2", "test -e /run/not-rebooted");
  });

  test("link-down cuts a node off, link-up reconnects it", async () => {
    await machines.fault("w-2", "link-down");
    expect((await ping("w-1", "w-2", 3)).lost).toBe(100);
    await machines.fault("w-2", "link-up");
    await untilSsh("w-2", "true");
    expect((await ping("w-1", "w-2", 3)).lost).toBe(0);
  });

  test("loss and delay apply together and end with 0", async () => {
    await machines.fault("w-2", "delay", "40");
    expect((await ping("w-1", "w-2", 5)).shortest).toBeGreaterThanOrEqual(80);
    await machines.fault("w-2", "loss", "50");
    const both = await ping("w-1", "w-2", 60);
    expect(both.lost).toBeGreaterThan(30);
    expect(both.shortest).toBeGreaterThanOrEqual(80);
    await machines.fault("w-2", "loss", "100");
    expect((await ping("w-1", "w-2", 3)).lost).toBe(100);
    await machines.fault("w-2", "loss", "0");
    await machines.fault("w-2", "delay", "0");
    const mended = await ping("w-1", "w-2", 5);
    expect(mended.lost).toBe(0);
    expect(mended.shortest).toBeLessThan(80);
  });

  test("a delayed node still carries large transfers whole", async () => {
    await machines.fault("w-2", "delay", "1");
    const sum = await ssh("w-2", "head -c 20000000 /dev/zero | sha256sum");
    const fetched = await ssh("w-2", "head -c 20000000 /dev/zero | base64 | tail -c 100 && echo end");
    expect(sum).toMatch(/^[0-9a-f]{64}/);
    expect(fetched.trim().endsWith("end")).toBe(true);
    await machines.fault("w-2", "delay", "0");
  });

  test("disk-full leaves the node nothing to write to and this machine its space", async () => {
    const image = join(stateFolder(), "labs", name, "nodes", "w-2", "disk.img");
    const used = () => statSync(image).blocks * 512;
    const before = used();
    await machines.fault("w-2", "disk-full");
    for (const path of ["/root/x", "/var/lib/etcd/x"]) {
      const script = `head -c 4000000 /dev/zero > ${path} 2>&1`;
      const { exitCode } = await kubeInstaller("lab", "exec", "w-2", "--name", name, "--", "sh", "-c", script);
      expect(exitCode, path).not.toBe(0);
    }
    expect(used() - before).toBeLessThan(64 * 2 ** 20);
    await machines.fault("w-2", "disk-free");
    await machines.inNode("w-2", "head -c 4000000 /dev/zero > /root/x && rm -f /root/x /var/lib/etcd/x");
  });

  test("says what is possible when asked for something else", async () => {
    for (const fault of [["explode"], ["loss"], ["loss", "200"], ["freeze", "3"]]) {
      expect((await kubeInstaller("lab", "fault", "w-2", ...fault, "--name", name)).exitCode, fault.join(" ")).toBe(2);
    }
  });
});

describe("taking a lab away", () => {
  test("leaves nothing, also from a node in trouble", async () => {
    await machines.fault("cp-1", "freeze");
    await machines.fault("w-1", "delay", "5");
    await machines.fault("w-2", "disk-full");
    await machines.down();
    expect(tracesOf(name)).toEqual(noTraces);
  });

  test("is no error when there is none", async () => {
    await machines.down();
    const { exitCode, stderr } = await kubeInstaller("lab", "exec", "cp-1", "--name", name, "--", "true");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("lab up");
  });
});

/** Moments at which the making of a lab is cut short, as what is there already. */
const moments = [
  ["its folder exists", (traces: ReturnType<typeof tracesOf>) => traces.files.length > 0],
  ["its bridge exists", (traces) => traces.links.length > 0],
  ["a disk is mounted", (traces) => traces.mounts.length > 0],
  ["a namespace exists", (traces) => traces.namespaces.length > 0],
  ["a node boots", (traces) => traces.processes.length > 2],
] as const satisfies readonly (readonly [string, (traces: ReturnType<typeof tracesOf>) => boolean])[];

describe.each(moments)("lab up killed when %s", (_moment, reached) => {
  const killUp = async () => {
    const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
    const child = spawn(process.execPath, [program, "lab", "up", "--name", name, "--nodes", "3"], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await until(
      "that moment",
      async () => (reached(tracesOf(name)) ? { done: true, value: true } : { done: false, saw: "not yet" }),
      { signal, deadline: seconds(60), interval: 1 },
    );
    child.kill("SIGKILL");
    await ended;
  };

  test("lab down leaves nothing", async () => {
    await killUp();
    await machines.down();
    expect(tracesOf(name)).toEqual(noTraces);
  });

  test("the next lab up finishes it", async () => {
    await killUp();
    await machines.up("--nodes", "3");
    for (const node of ["cp-1", "w-1", "w-2"]) expect((await ssh(node, "hostname")).trim()).toBe(node);
    await machines.down();
    expect(tracesOf(name)).toEqual(noTraces);
  });
});

describe.each(["sudo", "sudo-password", "port", "jump"])("the login %s", (variant) => {
  const preset = join(folder, `${variant}.yaml`);

  test("is what the written preset says, and the program gets in with it", async () => {
    await machines.down();
    await machines.up("--nodes", "1", "--variant", variant, "--preset-out", preset);
    expect(statSync(preset).mode & 0o777).toBe(0o600);
    const { stdout, stderr, exitCode } = await kubeInstaller("preflight", "--preset", preset, "--non-interactive");
    expect(`${stdout}${stderr}`).toMatch(/Preflight of 1 node found/);
    expect([0, 3]).toContain(exitCode);
  });
});
