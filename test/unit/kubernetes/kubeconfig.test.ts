import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { redact } from "../../../src/engine/secret.ts";
import { operatorKubeconfig } from "../../../src/kubernetes/kubeconfig.ts";

const adminConf = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Q0E=
    server: https://10.0.0.11:6443
  name: kubernetes
contexts:
- context: {cluster: kubernetes, user: kubernetes-admin}
  name: kubernetes-admin@kubernetes
current-context: kubernetes-admin@kubernetes
kind: Config
preferences: {}
users:
- name: kubernetes-admin
  user:
    client-certificate-data: Q0VSVA==
    client-key-data: S0VZS0VZ
`;

describe("the operator's kubeconfig", () => {
  test("hides the key in it also where it is printed by itself or decoded", () => {
    operatorKubeconfig(adminConf, { name: "demo", apiServer: "cp.example.org:6443" });
    expect(redact("client-key-data: S0VZS0VZ")).toBe("client-key-data: [secret]");
    expect(redact("key: KEYKEY")).toBe("key: [secret]");
    expect(redact("client-certificate-data: Q0VSVA==")).toBe("client-certificate-data: Q0VSVA==");
  });

  test("carries the cluster's name and the address the operator reaches", () => {
    const kubeconfig = operatorKubeconfig(adminConf, { name: "demo", apiServer: "cp.example.org:6443" });
    expect(load(kubeconfig.reveal())).toEqual({
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        { name: "demo", cluster: { server: "https://cp.example.org:6443", "certificate-authority-data": "Q0E=" } },
      ],
      users: [{ name: "demo-admin", user: { "client-certificate-data": "Q0VSVA==", "client-key-data": "S0VZS0VZ" } }],
      contexts: [{ name: "demo", context: { cluster: "demo", user: "demo-admin" } }],
      "current-context": "demo",
    });
  });

  test("is a secret as a whole", () => {
    expect(String(operatorKubeconfig(adminConf, { name: "demo", apiServer: "a:6443" }))).toBe("[secret]");
  });

  test("cannot be made of something else", () => {
    expect(() => operatorKubeconfig("clusters: []", { name: "demo", apiServer: "a:6443" })).toThrow("cannot be read");
  });
});
