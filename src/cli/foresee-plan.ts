import type { InstallerError } from "../engine/errors.ts";
import type { RunEvent } from "../engine/events.ts";
import { countFindings } from "../engine/findings.ts";
import type { Plan } from "../engine/plan.ts";
import { type Review, review, reviewPlan } from "../engine/review.ts";
import type { ClusterWish } from "../preset/cluster-spec.ts";
import type { PlanDocument } from "../report/plan-document.ts";
import type { Action, Observation } from "../steps/context.ts";
import { planDestroy, planInstall } from "../steps/plans.ts";
import type { Machine } from "../topology/machine.ts";
import { machinesMade } from "../topology/machines-there.ts";
import { unmadeMachines } from "../topology/unmade.ts";
import { type ClusterSession, openSession } from "./cluster-session.ts";
import type { CommandContext } from "./command-context.ts";
import { joinAbsent } from "./connect-nodes.ts";
import { type Foreseen, lookBeforehand } from "./look-beforehand.ts";
import { onlyNodes } from "./only-nodes.ts";
import type { CommandEnd } from "./reporters.ts";
import { commandEnd, executePlan } from "./run-plan.ts";

/** A plan, and how a command ends that did nothing but make it. */
export interface ForeseenPlan {
  /** The machines the plan is for. */
  readonly machines: readonly Machine[];
  readonly document: PlanDocument;
  readonly end: CommandEnd;
}

export interface ForeseeOptions {
  readonly goal: PlanDocument["goal"];
  /** Names of the nodes to look at; all unless told. */
  readonly only?: readonly string[];
  /** Told what was found before the plan, also when no plan can be made then. */
  readonly onPreflight: (report: Foreseen["report"]) => void;
  readonly context: CommandContext;
}

/**
 * Finds out what an install or a destroy would change, by the dry run of the same plan. Preflight findings do not keep the
 * plan from being made, but decide the exit code.
 * @throws InstallerError whatever keeps machines from being used, when nothing can be said without them
 */
export async function foreseePlan(spec: ClusterWish, options: ForeseeOptions): Promise<ForeseenPlan> {
  const { goal, context } = options;
  if (goal === "destroy" && spec.topology.kind === "lab") {
    const machines = await machinesMade(spec);
    return made(spec, goal, machines ?? [], reviewRelease(machines));
  }
  const unmade = await unmadeMachines(spec);
  if (unmade.length > 0) {
    const machines = onlyNodes(unmade, options.only);
    return made(spec, goal, machines, reviewUnmade(planInstall(machines)));
  }
  const session = await openSession(spec, context, options.only);
  try {
    return goal === "install" ? await foreseeInstall(session, options) : await foreseeDestroy(session, options);
  } finally {
    await session.close();
  }
}

async function foreseeInstall(session: ClusterSession, options: ForeseeOptions): Promise<ForeseenPlan> {
  const { goal, onPreflight, context } = options;
  const { report, absent, stop } = await lookBeforehand(session, { context, dryRun: true });
  onPreflight(report);
  if (stop !== undefined) throw stop;
  const losses = new Map(absent.map(({ name, error }) => [name, error]));
  const looked = await look(session, { plan: planInstall(session.machines), absent: losses, context });
  const { document } = made(session.spec, goal, session.machines, looked.review);
  return {
    machines: session.machines,
    document: { ...document, preflight: report },
    end: countFindings(report.findings, "error") > 0 ? { exitCode: 3 } : looked.end,
  };
}

async function foreseeDestroy(session: ClusterSession, { goal, context }: ForeseeOptions): Promise<ForeseenPlan> {
  const unusable = joinAbsent(session.absent, session.machines.length);
  if (unusable !== undefined) throw unusable;
  const looked = await look(session, { plan: planDestroy(session.machines), absent: new Map(), context });
  return { ...made(session.spec, goal, session.machines, looked.review), end: looked.end };
}

interface Look {
  readonly plan: Plan<Observation, Action>;
  readonly absent: ReadonlyMap<string, InstallerError>;
  readonly context: CommandContext;
}

/** The dry run of a plan, with its events only looked at. */
async function look(ground: ClusterSession, { plan, absent, context }: Look) {
  const events: RunEvent[] = [];
  const reporter = { emit: (event: RunEvent) => void events.push(event), end: () => undefined };
  const result = await executePlan({ ground, plan, absent, dryRun: true, reporter, context });
  return { review: reviewPlan(plan, events), end: commandEnd(result) };
}

function made(spec: { name: string }, goal: PlanDocument["goal"], machines: readonly Machine[], found: Review) {
  const document = { cluster: spec.name, goal, nodes: machines.map(({ name }) => name), review: found };
  return { machines, document, end: { exitCode: 0 } };
}

/** Nothing is known of machines that are not there, except that nothing is on them. */
function reviewUnmade(plan: Plan<Observation, Action>): Review {
  return review(
    plan.steps.map(({ key, step, node, needs }) => ({
      ...{ key, step: step.id, title: step.title, needs },
      ...(node === undefined ? {} : { node }),
      kind: "create" as const,
      saw:
        node === undefined
          ? "there is no cluster yet"
          : "the machine does not exist yet; it is looked at once it is made",
    })),
  );
}

/** Nothing on machines that go with their cluster needs to be taken back. */
function reviewRelease(machines: readonly Machine[] | undefined): Review {
  const entry = { key: "topology.lab", step: "topology.lab", title: "Take away the lab", needs: [] };
  if (machines === undefined) return review([{ ...entry, kind: "satisfied", saw: "there is no such lab" }]);
  const names = machines.map(({ name }) => name).join(", ");
  const danger = `its nodes go, with everything on them: ${names}`;
  return review([{ ...entry, kind: "danger", saw: "its machines were made for the cluster", danger }]);
}
