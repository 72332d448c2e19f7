import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { Secret } from "../../../../src/engine/secret.ts";
import { agentFiles } from "../../../../src/steps/network/agent-files.ts";
import { networkBridge } from "../../../../src/steps/network/bridge.ts";
import { situation } from "../situation.ts";

const files = agentFiles({
  node: "w-1",
  address: "10.0.0.12",
  podCIDR: "10.244.0.0/16",
  serviceCIDR: "10.96.0.0/12",
  apiServer: "10.0.0.11:6443",
  ca: "CA",
  token: new Secret("the-token"),
});
const digests = files.map(({ path, content }) => {
  const text = content instanceof Secret ? content.reveal() : content;
  return `${path} ${createHash("sha256").update(text).digest("hex")}`;
});
const running = [...digests, "enabled enabled", "active active", "status ok: routes to 1 nodes"];

let seen: readonly string[];
const cluster = () =>
  situation(
    {
      "cp-1": { answer: () => btoa("the-token"), files: { "/etc/kubernetes/pki/ca.crt": "CA" } },
      "w-1": { answer: () => seen.join("\n") },
    },
    { at: "w-1" },
  );

beforeEach(() => {
  seen = running;
});

describe("the check of network.bridge", () => {
  test("is content with an agent that runs as wanted, also while it waits for the node to join", async () => {
    expect(await networkBridge.check(cluster().context)).toMatchObject({ satisfied: true });
    seen = [...running.slice(0, -1), "status waiting: the cluster has given this node no pod range yet"];
    expect(await networkBridge.check(cluster().context)).toMatchObject({ satisfied: true });
  });

  test("wants the agent where there is none, and the right one where it differs", async () => {
    seen = ["enabled ", "active inactive", "status "];
    expect(await networkBridge.check(cluster().context)).toMatchObject({ kind: "create" });
    seen = ["/etc/systemd/system/kube-installer-bridge.service 0", ...running.slice(0, 2), ...running.slice(3)];
    expect(await networkBridge.check(cluster().context)).toMatchObject({ kind: "change" });
  });

  test("sees an agent that does not run or does not start with the node", async () => {
    seen = running.map((line) => line.replace("active active", "active failed"));
    expect(await networkBridge.check(cluster().context)).toMatchObject({ saw: "the agent is failed" });
    seen = running.map((line) => line.replace("enabled enabled", "enabled disabled"));
    expect(await networkBridge.check(cluster().context)).toMatchObject({ satisfied: false });
  });

  test("refuses nodes that reach each other only through a router, and names the ways out", async () => {
    seen = ["far:10.0.0.11 10.0.0.11 via 10.0.0.1 dev eth0 src 10.0.0.12", ...running];
    const failure = await networkBridge.check(cluster().context).catch((thrown) => thrown);
    expect(failure).toMatchObject({ code: "routing-impossible", exitCode: 3 });
    expect(failure.message).toContain("via 10.0.0.1");
    expect(failure.details.nextSteps).toHaveLength(3);
  });

  test("passes on what the agent cannot do", async () => {
    seen = [...running.slice(0, -1), "status problem: not on the same link: w-9 (10.9.0.9)"];
    await expect(networkBridge.check(cluster().context)).rejects.toThrow("w-9 (10.9.0.9)");
  });

  test("keeps the token out of everything but the file", () => {
    const [, kubeconfig] = files;
    expect(kubeconfig).toMatchObject({ path: "/etc/kube-installer/bridge.kubeconfig", mode: 0o600 });
    expect(String(kubeconfig?.content)).toBe("[secret]");
    expect(JSON.stringify(files)).not.toContain("the-token");
  });
});
