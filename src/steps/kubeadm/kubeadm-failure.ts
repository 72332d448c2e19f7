import { InstallerError } from "../../engine/errors.ts";
import type { CommandResult } from "../../ssh/transport.ts";

interface Advice {
  readonly matches: RegExp;
  readonly likelyCause: string;
  readonly nextSteps: readonly string[];
}

/** What usually stands behind a check of kubeadm's preflight, by its identifier, or behind a phase that failed. */
const advice: readonly Advice[] = [
  {
    matches: /\[ERROR Port-/,
    likelyCause: "another program listens where Kubernetes wants to, often an earlier installation",
    nextSteps: ["see who listens: `ss -ltnp`", "stop it, then run again"],
  },
  {
    matches: /\[ERROR (?:FileAvailable|DirAvailable)-/,
    likelyCause: "an earlier cluster left files on this node",
    nextSteps: [
      "look at the files named above; they may belong to a cluster that is still wanted",
      "if not: `kubeadm reset` on this node, then run again",
    ],
  },
  {
    matches: /\[ERROR Swap\]/,
    likelyCause: "swap is on again since the node was prepared",
    nextSteps: ["`swapoff -a` and remove it from /etc/fstab", "run again"],
  },
  {
    matches: /\[ERROR (?:NumCPU|Mem)\]/,
    likelyCause: "the machine is smaller than Kubernetes allows for a control plane",
    nextSteps: ["use a machine with at least 2 processors and 2 GB of memory"],
  },
  {
    matches: /\[ERROR (?:CRI|ContainerRuntimeVersion)\]/,
    likelyCause: "containerd does not run, or speaks another version of the runtime interface",
    nextSteps: ["`systemctl status containerd` and `crictl info` on this node"],
  },
  {
    matches: /\[ERROR ImagePull\]/,
    likelyCause: "an image is neither on the node nor can it be pulled from there",
    nextSteps: ["use a bundle or a registry mirror that has the image", "try it on the node: `crictl pull IMAGE`"],
  },
  {
    matches: /\[ERROR (?:SystemVerification|KubeletVersion|KubernetesVersion)\]/,
    likelyCause: "this Kubernetes version does not fit the operating system or the installed kubelet",
    nextSteps: ["choose a version in the preset that fits what the line above names"],
  },
  {
    matches: /\[ERROR FileContent-/,
    likelyCause: "a kernel setting was changed back since the node was prepared",
    nextSteps: ["see which file of /etc/sysctl.d sets it, then run again"],
  },
  {
    matches: /phase (?:wait-control-plane|kubelet-start)|kubelet is not running|TLS Bootstrap/,
    likelyCause: "the kubelet or a container of the control plane does not stay up",
    nextSteps: ["`journalctl -u kubelet -n 50` on this node", "`crictl ps -a` shows containers that ended"],
  },
  {
    matches: /couldn't validate the identity of the API Server|cluster-info/,
    likelyCause: "the node does not reach the API, or its clock differs from the control plane's",
    nextSteps: [
      "check from this node: `kubectl get --raw /readyz --server https://API:6443 --insecure-skip-tls-verify`",
    ],
  },
];

/** The error for a kubeadm call that failed: each thing kubeadm complained about, its likely cause and what to do. */
export function kubeadmFailure(
  what: string,
  { exitCode, stdout, stderr }: CommandResult,
  kubelet: string,
): InstallerError {
  const output = `${stdout}\n${stderr}`;
  const complaints = [...output.matchAll(/^\s*\[ERROR ([^\]]+)\]: (.*(?:\n(?!\s*\[|\s*$|error ).*)*)/gm)].map(
    ([, id, text]) => `${id}: ${text?.trim()}`,
  );
  const phase = /^error execution phase .*$/m.exec(output)?.[0];
  const reasons = complaints.length > 0 ? complaints : phase === undefined ? [] : [phase];
  const fitting = advice.filter(({ matches }) => matches.test(output));
  const causes = [...new Set(fitting.map(({ likelyCause }) => likelyCause))];
  return new InstallerError("kubeadm-failed", {
    message: reasons.length === 0 ? `kubeadm failed: ${what}` : `kubeadm failed: ${reasons.join("; ")}`,
    ...(exitCode === null ? {} : { commandExitCode: exitCode }),
    output: `${output.trim().split("\n").slice(-25).join("\n")}\n${kubelet}`,
    ...(causes.length === 0 ? {} : { likelyCause: causes.join("; ") }),
    nextSteps:
      fitting.length > 0
        ? [...new Set(fitting.flatMap(({ nextSteps }) => nextSteps))]
        : ["read what kubeadm printed above", "run again once the reason is gone: finished steps are kept"],
  });
}
