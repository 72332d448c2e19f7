import { describe, expect, test } from "vitest";
import { redact } from "../../../src/engine/secret.ts";
import { bootstrapTokenObject, newBootstrapToken, tokenLifetime } from "../../../src/kubernetes/bootstrap-token.ts";

describe("a bootstrap token", () => {
  test("has the form kubeadm wants and is never the same twice", () => {
    const tokens = Array.from({ length: 50 }, () => newBootstrapToken());
    for (const { id, token } of tokens) {
      expect(token.reveal()).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/);
      expect(token.reveal().startsWith(`${id}.`)).toBe(true);
    }
    expect(new Set(tokens.map(({ token }) => token.reveal())).size).toBe(50);
  });

  test("becomes an object that lets nodes join for half an hour", () => {
    const token = newBootstrapToken();
    const object = JSON.parse(bootstrapTokenObject(token, Date.UTC(2030, 0, 1)).reveal());
    expect(object).toMatchObject({
      metadata: { name: `bootstrap-token-${token.id}`, namespace: "kube-system" },
      type: "bootstrap.kubernetes.io/token",
      stringData: {
        "token-id": token.id,
        expiration: "2030-01-01T00:30:00.000Z",
        "auth-extra-groups": "system:bootstrappers:kubeadm:default-node-token",
      },
    });
    expect(`${token.id}.${object.stringData["token-secret"]}`).toBe(token.token.reveal());
    expect(tokenLifetime.kubeadm).toBe("30m0s");
  });

  test("shows itself nowhere", () => {
    const { token } = newBootstrapToken();
    expect(`${token} ${JSON.stringify({ token })}`).toBe('[secret] {"token":"[secret]"}');
  });

  test("is not seen where its secret part stands alone, as in the object, plain or in base64", () => {
    const token = newBootstrapToken();
    const object = bootstrapTokenObject(token, Date.UTC(2030, 0, 1)).reveal();
    const secretPart = token.token.reveal().slice(token.id.length + 1);
    expect(redact(`token-secret: ${secretPart}`)).toBe("token-secret: [secret]");
    expect(redact(Buffer.from(object).toString("base64"))).toContain("[secret]");
    expect(redact(object.slice(1))).not.toContain(secretPart);
  });
});
