import { review } from "../../../src/engine/review.ts";
import type { PlanDocument } from "../../../src/report/plan-document.ts";

const lost = "its node was set aside: no answer";

/** A plan with every kind of entry, a node that is as wanted and one that could not be looked at. */
export const aPlan: PlanDocument = {
  cluster: "demo",
  goal: "install",
  nodes: ["cp-1", "w-1", "w-2"],
  review: review([
    entry("os.packages", "Install packages", "cp-1", { kind: "create", saw: "missing: socat" }),
    entry("os.hosts", "Set the host name", "cp-1", { kind: "change", saw: "cp-1 is unknown" }),
    entry("os.swap", "Turn swap off", "cp-1", { kind: "danger", saw: 'swaps to "/dev/sdb\\2"', danger: "swap goes" }),
    entry("os.packages", "Install packages", "w-1", { kind: "satisfied", saw: "everything is there" }),
    entry("os.packages", "Install packages", "w-2", { kind: "unknown", saw: lost }),
    entry("os.hosts", "Set the host name", "w-2", { kind: "unknown", saw: lost }),
    {
      ...{ key: "nodes.labels", step: "nodes.labels", title: "Label the nodes", kind: "unknown", saw: "refused" },
      error: { code: "command-failed", message: "refused" },
      needs: ["os.swap@cp-1", "os.packages@w-1"],
    },
  ]),
  preflight: { findings: [], nodes: ["cp-1", "w-1", "w-2"], checks: 45, notes: ["w-2 was not looked at"] },
};

function entry(
  step: string,
  title: string,
  node: string,
  seen: { kind: "create" | "change" | "danger" | "satisfied" | "unknown"; saw: string; danger?: string },
) {
  return { key: `${step}@${node}`, step, title, node, needs: [], ...seen };
}
