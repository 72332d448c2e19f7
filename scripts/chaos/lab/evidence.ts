import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { clusterFolder } from "../../../src/engine/state-folder.ts";
import type { ProgramEnd } from "./program-run.ts";
import { textOf } from "./recovery.ts";
import type { TestCluster } from "./test-cluster.ts";

const questions = {
  "journal.txt": "journalctl --no-pager -b -o short-precise | tail -n 20000",
  "state.txt":
    "date -u; ps axo pid,ppid,etime,args; df -h / /var/lib/containerd; ls -laR /var/lib/kube-installer /run/kube-installer /etc/kubernetes 2>&1; crictl ps -a 2>&1",
  "cluster.txt":
    "kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes,pods,events -A -o wide --request-timeout=10s 2>&1 || true",
};

/** Keeps what explains a broken promise: the program's journals and words, and what the nodes say. */
export async function keepEvidence(folder: string, cluster: TestCluster, runs: readonly ProgramEnd[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [index, run] of runs.entries()) {
    const name = join(folder, `run-${index + 1}`);
    await writeFile(`${name}.ndjson`, `${run.stdout}\n`);
    await writeFile(`${name}.stderr`, run.stderr);
  }
  const state = clusterFolder(cluster.name);
  await cp(join(state, "runs"), join(folder, "runs"), { recursive: true }).catch((thrown: unknown) =>
    writeFile(join(folder, "runs-missing.txt"), textOf(thrown)),
  );
  for (const node of cluster.nodes) {
    await mkdir(join(folder, node), { recursive: true });
    for (const [file, script] of Object.entries(questions)) {
      await writeFile(join(folder, node, file), await cluster.machines.inNode(node, script).catch(textOf));
    }
  }
  return folder;
}
