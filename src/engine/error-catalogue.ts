/**
 * Every error code, the exit code it leads to and what it means.
 * Exit codes: 1 failed step, 2 preset or usage, 3 preflight, 4 unreachable or authentication, 5 input needed,
 * 6 partial, 7 locked, 130 interrupted.
 */
export const errorCatalogue = {
  bug: { exitCode: 1, meaning: "Something the program did not expect; please report it with the stack." },
  "step-failed": { exitCode: 1, meaning: "A step could not reach the state it wants." },
  "command-failed": { exitCode: 1, meaning: "A command on a node ended with an exit code it should not have." },
  "upload-damaged": { exitCode: 1, meaning: "A file did not arrive on the other side as it was sent." },
  "deadline-exceeded": { exitCode: 1, meaning: "A condition did not come true before its deadline." },
  usage: { exitCode: 2, meaning: "The command line cannot be understood." },
  "preset-invalid": { exitCode: 2, meaning: "The preset has errors; each is listed with file, line and column." },
  "preset-unreadable": { exitCode: 2, meaning: "The preset file cannot be read." },
  "ssh-config-invalid": { exitCode: 2, meaning: "The OpenSSH client configuration cannot be used for a node." },
  "preflight-failed": { exitCode: 3, meaning: "At least one node does not meet a requirement." },
  "cluster-differs": { exitCode: 2, meaning: "The running cluster differs from the preset in what cannot be changed." },
  "foreign-cluster": { exitCode: 3, meaning: "A node already belongs to another cluster." },
  "routing-impossible": { exitCode: 3, meaning: "A node cannot send pod traffic to another node directly." },
  "kubeadm-failed": { exitCode: 1, meaning: "kubeadm stopped before it was done." },
  "verification-failed": { exitCode: 1, meaning: "The cluster runs, but something in it does not work." },
  unreachable: { exitCode: 4, meaning: "A node cannot be reached over the network." },
  "authentication-failed": { exitCode: 4, meaning: "A node refused every credential." },
  "host-key-refused": { exitCode: 4, meaning: "A node's host key is unknown, revoked or has changed." },
  "sudo-refused": { exitCode: 4, meaning: "The login user may not become root." },
  "connection-lost": { exitCode: 4, meaning: "An established connection broke off." },
  "bundle-invalid": { exitCode: 2, meaning: "A bundle is damaged, incomplete or not for this use." },
  "kubernetes-unavailable": {
    exitCode: 1,
    meaning: "No source could give the Kubernetes binaries and images of the wanted version.",
  },
  "input-needed": { exitCode: 5, meaning: "A question must be answered, but nobody is there to answer it." },
  partial: { exitCode: 6, meaning: "The run finished, but some nodes were set aside." },
  locked: { exitCode: 7, meaning: "Another run holds this cluster." },
  interrupted: { exitCode: 130, meaning: "The operator interrupted the run." },
  terminated: { exitCode: 143, meaning: "The process was asked to end." },
} as const satisfies Record<string, { exitCode: number; meaning: string }>;

export type ErrorCode = keyof typeof errorCatalogue;
