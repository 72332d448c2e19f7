import { minutes } from "../../engine/time.ts";
import { binaryFolder } from "../../kubernetes/binary-paths.ts";
import { step } from "../context.ts";
import { purgeTransaction } from "../os/apt-undo.ts";
import { undoFromReceipt } from "../receipt/undo-from-receipt.ts";
import { installPackages, judgePackages, transactionOf } from "./packages.ts";
import { installProgramFiles, judgeProgramFiles } from "./program-files.ts";
import { programs } from "./programs.ts";

const id = "kubernetes.binaries";

/** Brings kubeadm, kubelet, kubectl and crictl to a node: from a bundle, as files, or as packages. */
export const kubernetesBinaries = step({
  id,
  title: "Install the Kubernetes programs",
  on: "node",
  needs: ["os.receipt", "os.packages"],
  deadline: minutes(20),
  check: async (context) => {
    const files = await programs(context);
    if (files === undefined) return judgePackages(context);
    return judgeProgramFiles(context, files, { folder: binaryFolder(context.spec.kubernetes.source), stepId: id });
  },
  apply: async (context) => {
    const files = await programs(context);
    if (files === undefined) return installPackages(context, id);
    return installProgramFiles(context, files, { folder: binaryFolder(context.spec.kubernetes.source), stepId: id });
  },
  undo: undoFromReceipt(id, {
    title: "Remove the Kubernetes programs",
    before: purgeTransaction(transactionOf(id)),
  }),
});
