import { X509Certificate } from "node:crypto";
import { caCertHash } from "../../kubernetes/ca-cert-hash.ts";
import { definesAnswer, kubectlAsKubelet } from "../../kubernetes/kubectl.ts";
import { sh } from "../../ssh/shell.ts";
import type { ObservedNode } from "../context.ts";
import { fields } from "../fields.ts";

/** How far a node has come into a cluster. */
export type WorkerState =
  | { readonly kind: "absent" }
  /** kubeadm wrote files, but the kubelet never got credentials of its own. */
  | { readonly kind: "unfinished" }
  | {
      readonly kind: "joined";
      /** The pin of the cluster it belongs to. */
      readonly caCertHash: string;
      /** The name it has there; absent as long as the kubelet waits for its certificate. */
      readonly name?: string;
      readonly kubeletActive: boolean;
      /** Absent when the API does not show its Node; `answer` says why. */
      readonly nodeUid?: string;
      readonly answer: string;
    };

const look = (name: string) => sh`${definesAnswer}
[ -e /etc/kubernetes/bootstrap-kubelet.conf ] && echo begun
[ -e /etc/kubernetes/pki/ca.crt ] && echo begun
[ -e /etc/kubernetes/kubelet.conf ] || exit 0
echo "authority $(sed -n 's/.*certificate-authority-data: //p' /etc/kubernetes/kubelet.conf)"
certificate=/var/lib/kubelet/pki/kubelet-client-current.pem
echo "certificate $(sed -n '/BEGIN CERTIFICATE/,/END CERTIFICATE/p;/END CERTIFICATE/q' "$certificate" | base64 -w 0)"
echo "kubelet $(systemctl is-active kubelet)"
answer=$(answer ${kubectlAsKubelet("get", "node", "-o", "jsonpath={.metadata.uid}")} ${name}) && echo "uid $answer" || echo "answer $(echo "$answer" | tail -n 1)"`;

/** Looks at a node once, and through its own credentials at its Node object. */
export async function workerState(node: ObservedNode): Promise<WorkerState> {
  const saw = fields((await node.read(look(node.name))).stdout);
  const authority = saw.get("authority");
  if (authority === undefined) return { kind: saw.has("begun") ? "unfinished" : "absent" };
  if (authority === "") return { kind: "unfinished" };
  const uid = saw.get("uid");
  const name = nodeNameIn(decode(saw.get("certificate") ?? ""));
  return {
    kind: "joined",
    caCertHash: caCertHash(decode(authority)),
    ...(name === undefined ? {} : { name }),
    kubeletActive: saw.get("kubelet") === "active",
    ...(uid === undefined ? {} : { nodeUid: uid }),
    answer: saw.get("answer") ?? "",
  };
}

const decode = (base64: string) => Buffer.from(base64, "base64").toString("utf8");

/**
 * The name the cluster gave a kubelet: `system:node:NAME` is the common name of its certificate. The kubelet writes its
 * configuration before it asks for the certificate, and after a power cut the file may be empty or torn.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/#bootstrap-initialization
 */
function nodeNameIn(pem: string): string | undefined {
  if (!pem.trimEnd().endsWith("-----END CERTIFICATE-----")) return undefined;
  return /^CN=system:node:(.+)$/m.exec(new X509Certificate(pem).subject)?.[1];
}
