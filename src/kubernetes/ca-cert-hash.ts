import { createHash, X509Certificate } from "node:crypto";
import { InstallerError } from "../engine/errors.ts";

/** Every node of a cluster has the same authority, so its pin is worked out once. */
const known = new Map<string, string>();
const mostKnown = 16;

/**
 * The pin by which a joining node knows the cluster: `sha256:` and the digest of the certificate's public key.
 * @see https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-join/#token-based-discovery-with-ca-pinning
 * @throws InstallerError `step-failed` when the text is no PEM certificate
 */
export function caCertHash(pem: string): string {
  const before = known.get(pem);
  if (before !== undefined) return before;
  try {
    const publicKey = new X509Certificate(pem).publicKey.export({ type: "spki", format: "der" });
    const pin = `sha256:${createHash("sha256").update(publicKey).digest("hex")}`;
    if (known.size >= mostKnown) known.clear();
    known.set(pem, pin);
    return pin;
  } catch (cause) {
    throw new InstallerError("step-failed", { message: "The cluster's certificate authority cannot be read.", cause });
  }
}
