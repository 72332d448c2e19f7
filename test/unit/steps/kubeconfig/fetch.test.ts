import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { kubeconfigPath } from "../../../../src/kubernetes/kubeconfig-path.ts";
import { fetchKubeconfig } from "../../../../src/steps/kubeconfig/fetch.ts";
import { situation } from "../situation.ts";

const adminConf = `clusters: [{ name: kubernetes, cluster: { certificate-authority-data: Q0E=, server: "https://x:6443" } }]
users: [{ name: admin, user: { client-certificate-data: Q0VSVA==, client-key-data: S0VZS0VZ } }]
`;
const { context } = situation({
  "cp-1": { files: { "/etc/kubernetes/admin.conf": adminConf }, machine: { address: "cp.example.org" } },
});
let home: string;
let path: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "state-"));
  vi.stubEnv("XDG_STATE_HOME", home);
  path = kubeconfigPath(context.spec);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

describe("the kubeconfig", () => {
  test("comes to the operator as a file nobody else can read, with nothing left beside it", async () => {
    expect(await fetchKubeconfig.check(context)).toMatchObject({ satisfied: false, kind: "create" });
    await fetchKubeconfig.apply(context);
    expect(await fetchKubeconfig.check(context)).toEqual({ satisfied: true, saw: path });
    expect(path).toBe(join(home, "kube-installer/clusters/demo/kubeconfig"));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(path))).toEqual(["kubeconfig"]);
    expect(readFileSync(path, "utf8")).toContain("server: https://cp.example.org:6443");
  });

  test("is fetched again when it is of another cluster or others may read it", async () => {
    await fetchKubeconfig.apply(context);
    chmodSync(path, 0o644);
    expect(await fetchKubeconfig.check(context)).toMatchObject({
      satisfied: false,
      saw: expect.stringContaining("others"),
    });
    await fetchKubeconfig.apply(context);
    writeFileSync(path, "something else");
    expect(await fetchKubeconfig.check(context)).toMatchObject({ satisfied: false, kind: "change" });
    await fetchKubeconfig.apply(context);
    expect(await fetchKubeconfig.check(context)).toMatchObject({ satisfied: true });
  });

  test("goes with the cluster", async () => {
    await fetchKubeconfig.apply(context);
    expect(await fetchKubeconfig.undo?.check(context)).toMatchObject({ satisfied: false });
    await fetchKubeconfig.undo?.apply(context);
    expect(await fetchKubeconfig.undo?.check(context)).toMatchObject({ satisfied: true });
  });
});
