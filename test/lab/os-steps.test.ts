import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sh } from "../../src/ssh/shell.ts";
import { prepareNode } from "../../src/steps/plans.ts";
import { lab } from "./kube-installer.ts";
import { differences, nodePicture } from "./node-picture.ts";
import { ended, stepRunner } from "./step-runner.ts";

const machines = lab("os-steps-test");
const folder = mkdtempSync(join(tmpdir(), "kube-installer-os-steps-"));
const preset = join(folder, "preset.yaml");
const pictures = new Map<string, string>();
let runner: Awaited<ReturnType<typeof stepRunner>>;

const bare = "cp-1";
const busy = "w-1";
const changesOf = async (node: string) =>
  differences(pictures.get(node) ?? "", await machines.inNode(node, nodePicture));

/** What an operator may have on a machine: a containerd with settings, and a container, of his own. */
const foreignSettings = `# Kept by the storage team
version = 2
oom_score = -5 # ours

[plugins."io.containerd.grpc.v1.cri"]
  max_container_log_line_size = 1234
  sandbox_image = "example.com/pause:1"
`;
const foreignTask = "ctr -n mine tasks ls | awk '$1 == \"keeper\" { print $2, $3 }'";

async function makeBusy(): Promise<void> {
  await machines.inNode(
    busy,
    `export DEBIAN_FRONTEND=noninteractive
     apt-get update -q && apt-get install -y -q --no-install-recommends containerd runc
     cat >/etc/containerd/config.toml <<'END'\n${foreignSettings}END
     systemctl restart containerd
     printf '127.0.0.1 localhost\\n127.0.1.1 w-1\\n' >/etc/hosts
     echo operator >/etc/hostname; hostname operator
     echo '/swapfile none swap sw 0 0' >>/etc/fstab
     printf '[Swap]\\nWhat=/dev/zram9\\n[Install]\\nWantedBy=swap.target\\n' >/etc/systemd/system/dev-zram9.swap
     systemctl enable --quiet dev-zram9.swap; systemctl daemon-reload
     sysctl -qw net.ipv4.ip_forward=0`,
  );
  const { bundle, nodes } = runner.session;
  const pause = bundle?.manifest.images.find(({ names: [name] }) => name?.includes("/pause:"));
  const host = nodes.find(({ machine }) => machine.name === busy)?.host;
  if (bundle === undefined || pause === undefined || host === undefined) throw new Error("no bundle with pause");
  const name = pause.names[0] ?? "";
  const signal = AbortSignal.timeout(60_000);
  await host.feed(bundle.locate(pause), sh`ctr -n mine images import - >&2`, { sha256: pause.sha256, signal });
  await machines.inNode(busy, `ctr -n mine run --detach ${name} keeper`);
}

beforeAll(async () => {
  await machines.down();
  await machines.up("--nodes", "2", "--preset-out", preset);
  runner = await stepRunner(preset);
  await makeBusy();
  for (const node of [bare, busy]) pictures.set(node, await machines.inNode(node, nodePicture));
});

afterAll(async () => {
  await runner?.close();
  await machines.down();
  rmSync(folder, { recursive: true, force: true });
});

describe("the steps that prepare a node", () => {
  test("say in a dry run what they would do, and do nothing", async () => {
    const results = await runner.perform(prepareNode, { dryRun: true });
    expect(ended(results, "would-change")).toContain("os.packages@cp-1");
    expect(ended(results, "changed", "failed", "skipped")).toEqual([]);
    for (const node of [bare, busy]) expect(await changesOf(node)).toEqual([]);
  });

  test("bring a bare and a busy node to the wanted state", async () => {
    const task = await machines.inNode(busy, foreignTask);
    const results = await runner.perform(prepareNode);
    expect(results.messages).toMatchObject({ "os.packages@cp-1": "everything is there" });
    expect(ended(results, "failed", "skipped")).toEqual([]);

    for (const node of [bare, busy]) {
      expect(await machines.inNode(node, "hostname; cat /proc/sys/net/ipv4/ip_forward")).toBe(`${node}\n1\n`);
      expect(await machines.inNode(node, "kubelet --version; systemctl is-enabled kubelet")).toBe(
        "Kubernetes v1.20.2\nenabled\n",
      );
      expect(await machines.inNode(node, "crictl info >/dev/null && crictl images | grep -c kube-proxy")).toBe("1\n");
    }
    expect(
      await machines.inNode(busy, "grep -c swapfile /etc/fstab; systemctl is-enabled dev-zram9.swap || true"),
    ).toBe("1\nmasked\n");
    expect(await machines.inNode(busy, "grep '^/swapfile' /etc/fstab || echo none")).toBe("none\n");
    expect(task).toMatch(/^\d+ RUNNING\n$/);
    expect(await machines.inNode(busy, foreignTask)).toBe(task);
  });

  test("keep the settings of a containerd that was there", async () => {
    const configuration = await machines.inNode(busy, "cat /etc/containerd/config.toml");
    for (const line of foreignSettings.split("\n").filter((line) => !line.includes("sandbox_image"))) {
      expect(configuration).toContain(line);
    }
    expect(configuration).toMatch(/sandbox_image = "k8s.gcr.io\/pause:3.2"/);
  });

  test("find nothing to do the second time", async () => {
    const results = await runner.perform(prepareNode);
    expect(ended(results, "changed", "failed", "skipped")).toEqual([]);
  });

  test("notice what somebody has changed, and mend just that", async () => {
    await machines.inNode(
      bare,
      `sysctl -qw net.ipv4.ip_forward=0
       echo changed >/etc/crictl.yaml
       systemctl disable --quiet kubelet
       truncate -s 100 /usr/local/bin/kubectl
       ctr -n k8s.io images rm k8s.gcr.io/pause:3.2
       sed -i /SystemdCgroup/d /etc/containerd/config.toml
       sed -i '/^Package: runc$/,/^$/s/^Status: .*/Status: install ok unpacked/' /var/lib/dpkg/status
       sed -i '/^Package: libc-bin$/,/^$/{s/^Status: .*/Status: install ok half-configured/;s/^Version: \\(.*\\)/&\\nConfig-Version: \\1/}' /var/lib/dpkg/status
       hostname changed`,
    );
    const results = await runner.perform(prepareNode);
    expect(ended(results, "changed")).toEqual([
      "kubernetes.binaries@cp-1",
      "kubernetes.kubelet-unit@cp-1",
      "os.hosts@cp-1",
      "os.packages@cp-1",
      "os.sysctl@cp-1",
      "runtime.containerd@cp-1",
      "runtime.crictl@cp-1",
      "runtime.images@cp-1",
    ]);
    expect(ended(results, "failed", "skipped")).toEqual([]);
    expect(await machines.inNode(bare, "dpkg --audit")).toBe("");
  });
});

describe("their undo", () => {
  test("leaves each node as it was found, and foreign containers running", async () => {
    const task = await machines.inNode(busy, foreignTask);
    const results = await runner.perform(prepareNode, { undo: true });
    expect(results.messages).toMatchObject({ "os.receipt@cp-1": "no receipt", "os.receipt@w-1": "no receipt" });
    for (const node of [bare, busy]) expect(await changesOf(node)).toEqual([]);
    expect(await machines.inNode(busy, foreignTask)).toBe(task);
  });

  test("finds nothing to do where nothing was done", async () => {
    const results = await runner.perform(prepareNode, { undo: true });
    expect(ended(results, "changed", "failed", "skipped")).toEqual([]);
  });

  test("keeps a package that something installed since then needs", async () => {
    await runner.perform(prepareNode, { on: [bare] });
    await machines.inNode(
      bare,
      `mkdir -p /root/needs/DEBIAN
       printf 'Package: needs-socat\\nVersion: 1\\nArchitecture: all\\nMaintainer: Operator <o@example.com>\\nDepends: socat\\nDescription: test\\n' >/root/needs/DEBIAN/control
       dpkg-deb --build /root/needs /root/needs.deb && dpkg -i /root/needs.deb`,
    );
    await runner.perform(prepareNode, { on: [bare], undo: true });
    expect(await machines.inNode(bare, `dpkg-query -W -f '\${Package} ' needs-socat socat`)).toBe("needs-socat socat ");
    expect(await machines.inNode(bare, "command -v containerd conntrack || echo gone")).toBe("gone\n");
    await machines.inNode(bare, "dpkg --purge needs-socat socat && rm -r /root/needs /root/needs.deb");
    expect(await changesOf(bare)).toEqual([]);
  });

  test.each(["at once", "after the installation was completed"])(
    "takes back what a power cut left half done, %s",
    async (when) => {
      let powerOff: Promise<string> | undefined;
      await runner.perform(prepareNode, {
        on: [bare],
        onOutput: (line) => {
          if (line.startsWith("Unpacking containerd")) powerOff ??= machines.fault(bare, "power-off");
        },
      });
      expect(await powerOff).toBeDefined();
      await runner.close();
      await machines.fault(bare, "power-on");
      runner = await stepRunner(preset);
      expect(await machines.inNode(bare, "ls /var/lib/kube-installer")).toContain("os.packages");

      if (when !== "at once") {
        expect(ended(await runner.perform(prepareNode, { on: [bare] }), "failed", "skipped")).toEqual([]);
      }
      expect(ended(await runner.perform(prepareNode, { on: [bare], undo: true }), "failed", "skipped")).toEqual([]);
      const cable = /^[-+] links: eth0@/;
      expect((await changesOf(bare)).filter((line) => !cable.test(line))).toEqual([]);
    },
  );
});
