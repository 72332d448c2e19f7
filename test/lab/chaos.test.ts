import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chainedKills } from "../../scripts/chaos/lab/chained.ts";
import { faultCase } from "../../scripts/chaos/lab/fault-case.ts";
import { labFaults } from "../../scripts/chaos/lab/faults.ts";
import { killCase } from "../../scripts/chaos/lab/kill-case.ts";
import { type KillPoint, parsePoint } from "../../scripts/chaos/lab/kill-point.ts";
import { createTestBed } from "../../scripts/chaos/lab/test-bed.ts";

const evidence = join(tmpdir(), "kube-installer-chaos-evidence");
const bed = (lab: string) => createTestBed({ lab, size: 2, evidence, fresh: true });

const point = (text: string): KillPoint => {
  const parsed = parsePoint(text);
  if (parsed === undefined) throw new Error(`${text} is no kill point`);
  return parsed;
};

test("killed over and over, from the lock to the verification and in destroy, it comes to the end and back", async () => {
  const points = [
    ...[
      "preflight",
      "os.packages@cp-1:started+3000",
      "runtime.images@w-1:started+1500",
      "kubernetes.binaries@w-1:finished",
    ],
    ...["kubeadm.init@cp-1:started+5000", "kubeadm.init@cp-1:finished", "network.bridge@cp-1:started+200"],
    ...["kubeconfig@cluster:started", "kubeadm.join@w-1:started+4000", "verify.cluster@cluster:started+2000"],
    ...["destroy/kubeadm.join@w-1:started+500", "destroy/os.packages@cp-1:started+1500"],
  ].map(point);
  const results = await chainedKills(bed("chaos-chain"), { id: "chain", points }, console.log);
  expect(results.flatMap(({ violations }) => violations)).toEqual([]);
  const missed = results.flatMap(({ missed, at }) => (missed ? [at] : []));
  expect(points.length - missed.length).toBeGreaterThanOrEqual(10);
});

test.each(["kubeadm.init@cp-1:started+8000", "kubeadm.join@w-1:started+5000"])(
  "killed once at %s, the next run ends healthy and a third changes nothing",
  async (text) => {
    const result = await killCase(bed("chaos-once"), { id: text, kind: "point", point: point(text) });
    expect(result).toMatchObject({ violations: [], struckAt: expect.any(Number), third: { changed: 0 } });
  },
);

const inTests = ["reboot-worker", "ssh-reset-30s", "disk-full-control-plane"];
const faults = labFaults.filter(({ name }) => inTests.includes(name));

test.each(faults.map((fault) => [fault.title, fault] as const))(
  "%s: the end is clear, and the next run mends it",
  async (_title, fault) => {
    const result = await faultCase(bed("chaos-fault"), fault);
    expect(result).toMatchObject({ violations: [], struckAt: expect.any(Number), third: { changed: 0 } });
  },
);
