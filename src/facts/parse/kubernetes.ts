import { createHash, createPublicKey } from "node:crypto";
import type { Answer } from "../ask.ts";
import type { KubernetesFacts } from "../kubernetes-facts.ts";
import { linesOf } from "./text.ts";

/** What of Kubernetes is on the node. */
export function parseKubernetes(answer: Answer): KubernetesFacts {
  const state = linesOf(answer("kubernetes-state"));
  const files = linesOf(answer("kubernetes-files"));
  const named = (kind: string) =>
    state.flatMap((line) => (line.startsWith(`${kind} `) ? [line.slice(kind.length + 1)] : []));
  const server = /server:\s*"?([^\s"]+)/.exec(answer("kubernetes-server"))?.[1];
  const claimedBy = /^cluster (.+)$/m.exec(answer("kubernetes-claim"))?.[1];
  const caFingerprint = fingerprintOf(answer("kubernetes-ca"));
  return {
    files,
    ...(caFingerprint === undefined ? {} : { caFingerprint }),
    ...(server === undefined ? {} : { server }),
    ...(claimedBy === undefined ? {} : { claimedBy }),
    ...(/^resetting$/m.test(answer("kubernetes-claim")) ? { takingBack: true } : {}),
    joined: state.includes("kubelet-config") && files.includes("/etc/kubernetes/kubelet.conf"),
    etcdData: state.includes("etcd-data"),
    networkConfigs: named("network"),
    runtimeSockets: named("socket"),
  };
}

/** The digest of the certificate's public key, as `--discovery-token-ca-cert-hash` wants it; undefined for no certificate. */
export function fingerprintOf(pem: string): string | undefined {
  const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem)?.[0];
  if (certificate === undefined) return undefined;
  if (last?.certificate !== certificate) last = { certificate, digest: digestOfKey(certificate) };
  return last.digest;
}

/** The nodes of a cluster, looked at one after another, have the same authority. */
let last: { readonly certificate: string; readonly digest: string } | undefined;

function digestOfKey(certificate: string): string {
  try {
    const key = createPublicKey(certificate).export({ type: "spki", format: "der" });
    return `sha256:${createHash("sha256").update(key).digest("hex")}`;
  } catch {
    return "sha256:unreadable";
  }
}
