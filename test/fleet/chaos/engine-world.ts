import { setTimeout as delay } from "node:timers/promises";
import { withReporters } from "../../../src/cli/reporters.ts";
import { runAlone } from "../../../src/cli/run-alone.ts";
import { commandEnd } from "../../../src/cli/run-plan.ts";
import { type ErrorCode, InstallerError } from "../../../src/engine/errors.ts";
import { buildPlan, type PlannedStep } from "../../../src/engine/plan.ts";
import { runPlan, type StepTools } from "../../../src/engine/run.ts";
import { missing, type Step, satisfied } from "../../../src/engine/step.ts";
import { seconds } from "../../../src/engine/time.ts";
import * as plans from "../../../src/steps/plans.ts";
import { survives } from "../../../src/steps/quorum.ts";
import { type FaultBook, openFaultBook } from "./fault-book.ts";
import { seededRandom } from "./random.ts";
import type { Fault } from "./schedule.ts";
import type { World } from "./world.ts";

interface Ground {
  /** Runs a command on a node. */
  command(node: string, what: string): Promise<void>;
}

type ModelStep = Step<Ground, Ground>;

/**
 * Machines reduced to which steps they hold, below the real engine, journal and reports: thousands of schedules in a
 * minute, for the engine alone. The plan is that of an install.
 */
export function createEngineWorld(count: number): World {
  const nodes = ["cp-1", ...Array.from({ length: count - 1 }, (_, index) => `w-${index + 1}`)];
  const [first = ""] = nodes;
  const holds = new Set<string>();
  const latencies = seededRandom("latencies");
  let book: FaultBook = openFaultBook([], { begins: () => {}, ends: () => {} });
  let cut = false;

  const command = async (node: string, what: string, signal: AbortSignal): Promise<void> => {
    book.commandReaches(node);
    const latency = latencies.magnitude(5, 500);
    for (const fault of [...book.active(node)]) {
      if (fault.kind === "api-down") continue;
      if (fault.kind === "disk-full" && !what.startsWith("apply")) continue;
      book.meet(fault, what);
      await suffer(fault, latency, signal);
    }
    const api = book.active(first).find(({ kind }) => kind === "api-down");
    if (api !== undefined && /kubeadm|labels|kubeconfig|verify|network\.access|ready/.test(what)) {
      book.meet(api, what);
      await delay(seconds(20), undefined, { signal });
      throw failure("deadline-exceeded", node, "Waited 20 s for the API", api);
    }
    await delay(latency, undefined, { signal });
    if (cut) throw failure("connection-lost", node, "The connection broke off");
  };

  const modelled = (step: ModelStep, key: string, own: string): ModelStep => ({
    ...step,
    check: async ({ command }) => {
      await command(own, `check ${step.id}`);
      return holds.has(key) ? satisfied("it holds") : missing("it does not hold");
    },
    apply: async ({ command }) => {
      await command(own, `apply ${step.id}`);
      await command(own, `apply ${step.id} once more`);
      holds.add(key);
    },
  });
  const planFor = (count: number) =>
    buildPlan<Ground, Ground>([
      ...nodes.slice(0, count).map((node) => ({
        node,
        steps: (node === first ? plans.firstControlPlane : plans.worker).map((step) =>
          modelled(bare(step), `${step.id}@${node}`, node),
        ),
      })),
      { steps: plans.cluster.map((step) => modelled(bare(step), step.id, first)) },
    ]);

  return {
    shape: { nodes, steps: plans.worker.map(({ id }) => id) },
    cluster: "chaos",
    install: (context, only = nodes.length) =>
      withReporters({ output: "ndjson" }, context, (reporter) =>
        runAlone(
          {
            ...{ command: "install", dryRun: false, breakLock: false, reporter, context },
            session: { spec: { name: "chaos" }, nodes: [], machines: [], absent: [], close: async () => {} } as never,
          },
          async (tools) =>
            commandEnd(
              await runPlan({
                plan: planFor(only),
                dryRun: false,
                concurrency: 64,
                contextFor: (_: PlannedStep<Ground, Ground>, { signal }: StepTools) => ({
                  command: (node, what) => command(node, what, signal),
                }),
                canLose: (lost) => survives([first], lost),
                emit: (event) => tools.reporter.emit(event),
                signal: tools.context.signal,
                stop: tools.context.stop,
              }),
            ),
        ),
      ),
    reset: async () => {
      holds.clear();
      cut = false;
    },
    begin: ({ faults }) => {
      book = openFaultBook(faults, { begins: () => {}, ends: () => {} });
    },
    stepBegan: (node, step) => book.stepBegins(node, step),
    felt: () => book.met(),
    lift: async () => {
      book.close();
      cut = false;
    },
    cutOff: () => {
      cut = true;
    },
    connections: () => 0,
    lockHolder: () => undefined,
    orphanLock: () => {},
    shortcomings: () => [],
    close: async () => {},
  };
}

/** The place of a step in the plan without what it does. */
function bare({ id, title, on, needs, deadline }: (typeof plans.worker)[number]): ModelStep {
  const nothing = { check: async () => satisfied("nothing"), apply: async () => {} };
  return {
    id,
    title,
    on,
    ...(needs === undefined ? {} : { needs }),
    ...(deadline === undefined ? {} : { deadline }),
    ...nothing,
  };
}

const codes: Readonly<Partial<Record<Fault["kind"], ErrorCode>>> = {
  ...{ refuse: "unreachable", reset: "connection-lost", silent: "connection-lost", reboot: "connection-lost" },
  ...{ "login-refused": "authentication-failed", "host-key": "host-key-refused" },
};

async function suffer(fault: Fault, latency: number, signal: AbortSignal): Promise<void> {
  if (fault.kind === "slow") return delay(50 * latency, undefined, { signal });
  if (fault.kind === "silent") await delay(seconds(40), undefined, { signal });
  throw failure(codes[fault.kind] ?? "command-failed", fault.node, fault.kind, fault);
}

function failure(code: ErrorCode, node: string, message: string, fault?: Fault): InstallerError {
  return new InstallerError(code, { node, message, ...(fault === undefined ? {} : { output: fault.mark }) });
}
