import { differs, missing, satisfied } from "../../engine/step.ts";
import { criSocket } from "../../kubernetes/node-paths.ts";
import { step } from "../context.ts";
import { differingFiles, lookAtFiles, putFiles } from "../receipt/put-files.ts";
import { undoFromReceipt } from "../receipt/undo-from-receipt.ts";

const id = "runtime.crictl";
const path = "/etc/crictl.yaml";

/** @see https://github.com/kubernetes-sigs/cri-tools/blob/master/docs/crictl.md */
const files = [{ path, content: `runtime-endpoint: ${criSocket}\nimage-endpoint: ${criSocket}\ntimeout: 10\n` }];

/** Tells crictl where containerd is, so that it works without options for whoever looks at a node. */
export const crictlConfiguration = step({
  id,
  title: "Configure crictl",
  on: "node",
  needs: ["os.receipt"],
  check: async ({ node }) => {
    const { stdout } = await node.read(lookAtFiles(files));
    if (differingFiles(files, stdout).length === 0) return satisfied("as wanted");
    return stdout === "" ? missing(`no ${path}`) : differs(`${path} is another one`);
  },
  apply: async ({ node }) => putFiles(node, id, files),
  undo: undoFromReceipt(id, { title: "Restore crictl's configuration" }),
});
