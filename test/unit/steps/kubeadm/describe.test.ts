import { describe, expect, test } from "vitest";
import { Secret } from "../../../../src/engine/secret.ts";
import { describeInit, describeJoin } from "../../../../src/steps/kubeadm/describe.ts";
import { situation } from "../situation.ts";

const token = new Secret("abcdef.0123456789abcdef");
const gpu = { key: "gpu", effect: "NoSchedule" } as const;
const master = { key: "node-role.kubernetes.io/master", effect: "NoSchedule" } as const;
const init = (machine: Parameters<typeof situation>[0][string]["machine"] = {}) =>
  describeInit(situation({ "cp-1": { machine } }).context, { token, mayLimitConnections: true });

describe("what kubeadm is asked for", () => {
  test("a control plane keeps kubeadm's own taint", () => {
    expect(init().registration).toEqual({ name: "cp-1", internalAddress: "10.0.0.11" });
  });

  test("a control plane that is also a worker takes pods", () => {
    expect(init({ roles: ["control-plane", "worker"] }).registration).toMatchObject({ taints: [] });
  });

  test("taints of the preset come on top of kubeadm's, not in their place", () => {
    expect(init({ taints: [gpu] }).registration).toMatchObject({ taints: [master, gpu] });
    expect(init({ taints: [gpu], roles: ["control-plane", "worker"] }).registration).toMatchObject({ taints: [gpu] });
  });

  test("the address of the login is a name of the API when the nodes use another", () => {
    expect(init().apiServerNames).toEqual([]);
    expect(init({ address: "cp.example.org" }).apiServerNames).toEqual(["cp.example.org"]);
  });

  test("a worker is registered with the taints of the preset", () => {
    const { context } = situation({ "cp-1": {}, "w-1": { machine: { taints: [gpu] } } }, { at: "w-1" });
    expect(describeJoin(context, token).registration).toEqual({
      name: "w-1",
      internalAddress: "10.0.0.12",
      taints: [gpu],
    });
  });
});
