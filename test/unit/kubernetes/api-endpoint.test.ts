import { describe, expect, test } from "vitest";
import { apiForNodes, apiForOperator, hostAndPort } from "../../../src/kubernetes/api-endpoint.ts";

const first = {
  name: "cp-1",
  address: "cp.example.org",
  internalAddress: "10.0.0.11",
  roles: ["control-plane"],
  labels: {},
  taints: [],
  ssh: { address: "cp.example.org" },
} as const;

describe("where the API is", () => {
  test("nodes use the inner address, the operator the one of the login", () => {
    expect(apiForNodes({ ha: { mode: "single" } }, first)).toBe("10.0.0.11:6443");
    expect(apiForOperator({ ha: { mode: "single" } }, first)).toBe("cp.example.org:6443");
  });

  test("an endpoint in front is for both", () => {
    const spec = { ha: { mode: "load-balancer", endpoint: "api.example.org:8443" } } as const;
    expect(apiForNodes(spec, first)).toBe("api.example.org:8443");
    expect(apiForOperator(spec, first)).toBe("api.example.org:8443");
  });

  test("IPv6 addresses stand in brackets", () => {
    expect(hostAndPort("fd00::11", 6443)).toBe("[fd00::11]:6443");
  });
});
