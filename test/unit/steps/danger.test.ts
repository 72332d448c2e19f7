import { expect, test } from "vitest";
import type { Verdict } from "../../../src/engine/step.ts";
import { initControlPlane } from "../../../src/steps/kubeadm/init.ts";
import { joinWorker } from "../../../src/steps/kubeadm/join.ts";
import { undoKubeadm } from "../../../src/steps/kubeadm/undo.ts";
import { labelNodes } from "../../../src/steps/nodes/labels.ts";
import { hostNames } from "../../../src/steps/os/hosts.ts";
import { containerd } from "../../../src/steps/runtime/containerd.ts";
import { situation } from "./situation.ts";

const dangerOf = (verdict: Verdict) => (verdict.satisfied ? "satisfied" : verdict.danger);
const answers = (sections: Readonly<Record<string, string>>) =>
  Object.entries(sections)
    .map(([name, text]) => `\u001e${name}\n${text}\n`)
    .join("");

test("taking back an attempt that did not finish deletes what it left; a first attempt deletes nothing", async () => {
  const seeing = (text: string) => situation({ "cp-1": { answer: () => text } }).context;
  expect(dangerOf(await joinWorker.check(seeing("begun")))).toContain("deletes /etc/kubernetes and /var/lib/etcd");
  expect(dangerOf(await initControlPlane.check(seeing("manifest")))).toContain("kubeadm reset");
  expect(dangerOf(await joinWorker.check(seeing("")))).toBeUndefined();
  expect(dangerOf(await initControlPlane.check(seeing("")))).toBeUndefined();
});

test("taking a node out of its cluster ends what runs there", async () => {
  const { context } = situation({ "cp-1": { files: { "/var/lib/kube-installer/kubeadm": "cluster demo\n" } } });
  expect(dangerOf(await undoKubeadm.check(context))).toContain("every pod on it ends");
});

test("renaming a machine is dangerous, adding names to /etc/hosts is not", async () => {
  const named = (hostname: string) =>
    situation({
      "cp-1": { answer: () => answers({ hostname, "hostname-file": "cp-1", hosts: "", "name cp-1": "10.9.9.9" }) },
    }).context;
  expect(dangerOf(await hostNames.check(named("old")))).toContain("renamed from old to cp-1");
  expect(dangerOf(await hostNames.check(named("cp-1")))).toBeUndefined();
});

test("a containerd with containers is restarted only with a warning", async () => {
  const running = (tasks: string) =>
    situation({
      "cp-1": {
        answer: () => answers({ version: "1.6.20", state: "active\nenabled", configuration: "", effective: "", tasks }),
      },
    }).context;
  expect(dangerOf(await containerd.check(running("k8s.io/web\nk8s.io/db")))).toContain("while 2 containers run");
  expect(dangerOf(await containerd.check(running("")))).toBeUndefined();
});

test("a taint that drives pods away is dangerous, one that only keeps new ones out is not", async () => {
  const line = "cp-1\t1\tv1.20.2\tTrue\t\t{}\t\n";
  const tainted = (effect: "NoExecute" | "NoSchedule") =>
    situation({ "cp-1": { answer: () => line, machine: { taints: [{ key: "gpu", effect }] } } }).context;
  expect(dangerOf(await labelNodes.check(tainted("NoExecute")))).toContain("ended on cp-1");
  expect(dangerOf(await labelNodes.check(tainted("NoSchedule")))).toBeUndefined();
});
