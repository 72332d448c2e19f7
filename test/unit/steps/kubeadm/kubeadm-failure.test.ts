import { describe, expect, test } from "vitest";
import { kubeadmFailure } from "../../../../src/steps/kubeadm/kubeadm-failure.ts";

const failure = (output: string, exitCode = 2) =>
  kubeadmFailure("kubeadm init", { exitCode, signal: null, stdout: "", stderr: output }, "kubelet: active");

describe("what kubeadm complained about", () => {
  test("becomes one error with every complaint, its likely cause and what to do", () => {
    const error = failure(`[init] Using Kubernetes version: v1.20.2
error execution phase preflight: [preflight] Some fatal errors occurred:
	[ERROR Port-6443]: Port 6443 is in use
	[ERROR FileAvailable--etc-kubernetes-manifests-etcd.yaml]: /etc/kubernetes/manifests/etcd.yaml already exists
[preflight] If you know what you are doing, you can make a check non-fatal with \`--ignore-preflight-errors=...\`
To see the stack trace of this error execute with --v=5 or higher
`);
    expect(error.message).toBe(
      "kubeadm failed: Port-6443: Port 6443 is in use; FileAvailable--etc-kubernetes-manifests-etcd.yaml: /etc/kubernetes/manifests/etcd.yaml already exists",
    );
    expect(error).toMatchObject({ code: "kubeadm-failed", exitCode: 1 });
    expect(error.details.likelyCause).toContain("another program listens");
    expect(error.details.likelyCause).toContain("an earlier cluster left files");
    expect(error.details.nextSteps).toContain("see who listens: `ss -ltnp`");
  });

  test("names the phase when it was not preflight, and what the kubelet says", () => {
    const error = failure("error execution phase wait-control-plane: couldn't initialize a Kubernetes cluster", 1);
    expect(error.message).toContain("phase wait-control-plane");
    expect(error.details.likelyCause).toContain("does not stay up");
    expect(error.details.output).toContain("kubelet: active");
  });

  test("keeps what it does not know", () => {
    const error = failure("something new\n", 3);
    expect(error.details).toMatchObject({ commandExitCode: 3, output: "something new\nkubelet: active" });
    expect(error.details.nextSteps).not.toHaveLength(0);
  });
});
