import type { TextCheck } from "./finding.ts";
import { checkSubdomain } from "./formats.ts";
import { quote } from "./path.ts";

const name = /^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const nameRule = 'up to 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';

/**
 * The key of a label or taint: `name` or `prefix/name`.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
const checkKey: TextCheck = (key) => {
  const slash = key.indexOf("/");
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  if (prefix !== undefined && checkSubdomain(prefix) !== undefined) {
    return {
      message: `the prefix of ${quote(key)} is not a DNS name`,
      allowed: "name or prefix/name, the prefix a DNS name such as example.com",
    };
  }
  if (name.test(key.slice(slash + 1))) return undefined;
  return {
    message: `${quote(key)} is not a Kubernetes label key`,
    allowed: `name or prefix/name, the name ${nameRule}`,
  };
};

/** The value of a label or taint. */
export const checkLabelValue: TextCheck = (text) => {
  if (text === "" || name.test(text)) return undefined;
  return { message: `${quote(text)} is not a Kubernetes label value`, allowed: `empty, or ${nameRule}` };
};

/** Labels below kubernetes.io that a kubelet may set on its own node and that do not come from the machine itself. */
const settable = [
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "beta.kubernetes.io/instance-type",
];

function domainOf(key: string): string {
  return key.includes("/") ? (key.split("/")[0] ?? "") : "";
}

function isReserved(domain: string): boolean {
  return /(^|\.)(kubernetes|k8s)\.io$/.test(domain);
}

/**
 * The key of a node label an operator may give.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
 */
export const checkNodeLabelKey: TextCheck = (key) => {
  const domain = domainOf(key);
  const open = settable.includes(key) || /(^|\.)(kubelet|node)\.kubernetes\.io$/.test(domain);
  if (!isReserved(domain) || open) return checkKey(key);
  if (domain === "node-role.kubernetes.io") {
    return {
      message: `${quote(key)} is set by the program`,
      allowed: "labels outside kubernetes.io and k8s.io",
      hint: "say what a node is for under `roles`",
    };
  }
  return {
    message: `${quote(key)} belongs to Kubernetes: a kubelet may not set it`,
    allowed: `labels outside kubernetes.io and k8s.io, below node.kubernetes.io/ and kubelet.kubernetes.io/, or one of ${settable.slice(0, 2).join(", ")}`,
  };
};

/** The key of a taint an operator may give. */
export const checkTaintKey: TextCheck = (key) => {
  if (!isReserved(domainOf(key))) return checkKey(key);
  return {
    message: `${quote(key)} belongs to Kubernetes, which sets and removes it itself`,
    allowed: "keys outside kubernetes.io and k8s.io",
    ...(key.startsWith("node-role.")
      ? { hint: "give a control plane `roles: [control-plane, worker]` to let it take pods" }
      : {}),
  };
};
