import { randomInt } from "node:crypto";
import { Secret } from "../engine/secret.ts";

const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
const random = (length: number) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");

/** How one finds the tokens this program made. */
export const tokenDescription = "kube-installer: joins nodes";

/** Long enough for every worker of a run, short enough to be harmless when left behind. */
export const tokenLifetime = { kubeadm: "30m0s", milliseconds: 30 * 60_000 };

/** A token as kubeadm wants it: `[a-z0-9]{6}.[a-z0-9]{16}`; the part before the dot is no secret. */
export interface BootstrapToken {
  readonly id: string;
  readonly token: Secret;
}

/** A new token no cluster knows yet. */
export function newBootstrapToken(): BootstrapToken {
  const id = random(6);
  return { id, token: new Secret(`${id}.${random(16)}`) };
}

/**
 * The object that makes a cluster accept the token, as JSON for `kubectl create -f -`.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/#bootstrap-token-secret-format
 */
export function bootstrapTokenObject({ id, token }: BootstrapToken, now: number): Secret {
  const secretPart = new Secret(token.reveal().slice(id.length + 1));
  return new Secret(
    JSON.stringify({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: `bootstrap-token-${id}`, namespace: "kube-system" },
      type: "bootstrap.kubernetes.io/token",
      stringData: {
        "token-id": id,
        "token-secret": secretPart.reveal(),
        description: tokenDescription,
        expiration: new Date(now + tokenLifetime.milliseconds).toISOString(),
        "usage-bootstrap-authentication": "true",
        "usage-bootstrap-signing": "true",
        "auth-extra-groups": "system:bootstrappers:kubeadm:default-node-token",
      },
    }),
    "document",
  );
}
