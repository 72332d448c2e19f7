import type { Bundle } from "../bundle/manifest.ts";
import { InstallerError } from "../engine/errors.ts";
import { defaultLimits } from "../engine/limits.ts";
import { withinBudget } from "../engine/output-budget.ts";
import type { PlannedStep } from "../engine/plan.ts";
import type { StepTools } from "../engine/run.ts";
import { someAtATime } from "../engine/some-at-a-time.ts";
import type { ClusterSpec } from "../preset/cluster-spec.ts";
import { createSemaphore } from "../ssh/semaphore.ts";
import type { Action, ChangeableNode, Observation } from "./context.ts";
import { type ConnectedNode, nodeForStep, waitInStep } from "./node.ts";

/** What all steps of a run share. */
export interface RunGround {
  readonly spec: ClusterSpec;
  readonly bundle?: Bundle;
  readonly nodes: readonly ConnectedNode[];
}

export interface RunConditions {
  /** Nodes no later step looks at; it may grow while the run goes on. */
  readonly setAside?: ReadonlySet<string>;
  /** Large files at once, over all nodes; the usual limit unless told. */
  readonly uploads?: number;
  /** Commands of one step at once when it is about many nodes; as many as steps run at once unless told. */
  readonly steps?: number;
}

/**
 * Makes the contexts of a run: each step gets the same nodes, bound to its own signal and log, without those that have
 * been set aside by the time it starts.
 */
export function contextsFor({ spec, bundle, nodes }: RunGround, conditions: RunConditions = {}) {
  const { setAside = new Set(), uploads = defaultLimits.uploads, steps = defaultLimits.steps } = conditions;
  const uploadPlaces = createSemaphore(uploads);
  const byName = new Map(nodes.map((node) => [node.machine.name, node]));
  const machines = nodes.map(({ machine }) => machine);
  const first = nodes.find(({ machine }) => machine.roles.includes("control-plane"));
  if (first === undefined) throw new InstallerError("bug", { message: "There is no control plane among the nodes." });

  return (planned: PlannedStep<Observation, Action>, { signal, log: pass }: StepTools): Action => {
    const log = withinBudget(pass);
    const bind = (node: ConnectedNode): ChangeableNode => nodeForStep(node, { signal, log, uploadPlaces });
    const own = planned.node === undefined ? first : byName.get(planned.node);
    if (own === undefined) {
      throw new InstallerError("bug", { message: `The plan names ${planned.node}, which is not connected.` });
    }
    const aside = new Set(setAside);
    const there = () => (aside.size === 0 ? nodes : nodes.filter(({ machine }) => !aside.has(machine.name)));
    let all: readonly ChangeableNode[] | undefined;
    return {
      spec,
      ...(bundle === undefined ? {} : { bundle }),
      signal,
      log,
      until: waitInStep({ signal, log }),
      each: (entries, act) => someAtATime(entries, steps, act),
      node: bind(own),
      firstControlPlane: bind(first),
      get nodes() {
        all ??= there().map(bind);
        return all;
      },
      get machines() {
        return aside.size === 0 ? machines : there().map(({ machine }) => machine);
      },
    };
  };
}
