import { errorReport } from "./error-report.ts";
import type { InstallerError } from "./errors.ts";
import type { Emit, RunEvent, RunSummary } from "./events.ts";
import { type Change, type Performed, perform } from "./perform.ts";
import type { Plan, PlannedStep } from "./plan.ts";
import { type Finished, summarise } from "./summary.ts";

/** What the engine gives a step's context: a signal that ends it, and a place for its output lines. */
export interface StepTools {
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

export interface RunOptions<O, A extends O> {
  readonly plan: Plan<O, A>;
  /** Makes the context in which one step looks and acts. */
  readonly contextFor: (planned: PlannedStep<O, A>, tools: StepTools) => A;
  /** Nodes without which going on is unsafe; any other node that fails is set aside and the rest goes on. */
  readonly criticalNodes: ReadonlySet<string>;
  readonly dryRun: boolean;
  /** How many steps run at once. */
  readonly concurrency: number;
  readonly emit: Emit;
  /** Ends running steps at once. */
  readonly signal: AbortSignal;
  /** Lets running steps end and starts no more; never unless told. */
  readonly stop?: AbortSignal;
}

export interface RunResult {
  readonly summary: RunSummary;
  /** The first failure that decided the outcome. */
  readonly error?: InstallerError;
}

/** Executes the plan as a worker pool over its graph: a step starts as soon as what it needs is done. */
export async function runPlan<O, A extends O>(options: RunOptions<O, A>): Promise<RunResult> {
  const { plan, emit, signal } = options;
  const started = performance.now();
  const nodes = [...new Set(plan.steps.flatMap(({ node }) => (node === undefined ? [] : [node])))];
  emit({ type: "run-started", steps: plan.steps.length, nodes, dryRun: options.dryRun });

  const waiting = new Set(plan.steps);
  const finished = new Map<string, Finished>();
  const running = new Set<Promise<void>>();
  const setAside = new Map<string, InstallerError>();
  let fatal: InstallerError | undefined;

  const settle = (planned: PlannedStep<O, A>, performed: Performed, durationMs: number): void => {
    finished.set(planned.key, { planned, outcome: performed.outcome, durationMs });
    emit(stepFinished(planned, performed, durationMs));
    if (performed.outcome !== "failed" || performed.error === undefined) return;
    if (planned.node === undefined || options.criticalNodes.has(planned.node) || signal.aborted) {
      fatal ??= performed.error;
    } else if (!setAside.has(planned.node)) {
      setAside.set(planned.node, performed.error);
      emit({ type: "node-set-aside", node: planned.node, error: errorReport(performed.error) });
    }
  };

  const start = (planned: PlannedStep<O, A>): void => {
    waiting.delete(planned);
    const task = execute(planned, options, finished).then(({ performed, durationMs }) => {
      running.delete(task);
      settle(planned, performed, durationMs);
    });
    running.add(task);
  };

  const stopping = () => fatal !== undefined || signal.aborted || options.stop?.aborted === true;
  while (waiting.size > 0) {
    for (const planned of waiting) {
      if (planned.node !== undefined && setAside.has(planned.node)) {
        waiting.delete(planned);
        settle(planned, { outcome: "skipped", message: "its node was set aside" }, 0);
      } else if (!stopping() && running.size < options.concurrency && isReady(planned, finished, setAside)) {
        start(planned);
      }
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  await Promise.all(running);
  for (const planned of waiting) settle(planned, { outcome: "skipped", message: reasonToSkip(options) }, 0);

  const summary = summarise([...finished.values()], {
    durationMs: performance.now() - started,
    setAside: [...setAside.keys()],
    interrupted: signal.aborted || options.stop?.aborted === true,
    failed: fatal !== undefined,
  });
  emit({ type: "run-finished", ...summary });
  const error = fatal ?? setAside.values().next().value;
  return error === undefined ? { summary } : { summary, error };
}

async function execute<O, A extends O>(
  planned: PlannedStep<O, A>,
  options: RunOptions<O, A>,
  finished: ReadonlyMap<string, Finished>,
): Promise<{ performed: Performed; durationMs: number }> {
  const started = performance.now();
  options.emit({ type: "step-started", ...placeOf(planned) });
  const log = (line: string) => options.emit({ type: "step-output", line, ...placeOf(planned) });
  const change: Change = async (_what, act) => {
    if (options.dryRun) return false;
    await act();
    return true;
  };
  const performed = await perform(planned, {
    context: (signal) => options.contextFor(planned, { signal, log }),
    change,
    signal: options.signal,
    groundMissing: planned.needs.some((key) => finished.get(key)?.outcome === "would-change"),
  });
  return { performed, durationMs: performance.now() - started };
}

function isReady<O, A extends O>(
  planned: PlannedStep<O, A>,
  finished: ReadonlyMap<string, Finished>,
  setAside: ReadonlyMap<string, unknown>,
): boolean {
  return planned.needs.every((key) => {
    const outcome = finished.get(key)?.outcome;
    if (outcome === "satisfied" || outcome === "changed" || outcome === "would-change") return true;
    const node = key.includes("@") ? key.slice(key.indexOf("@") + 1) : undefined;
    return node !== undefined && node !== planned.node && setAside.has(node);
  });
}

function reasonToSkip(options: { signal: AbortSignal; stop?: AbortSignal }): string {
  return options.signal.aborted || options.stop?.aborted === true
    ? "the run was interrupted"
    : "an earlier step failed";
}

function placeOf<O, A extends O>({ step, node }: PlannedStep<O, A>) {
  return { step: step.id, title: step.title, ...(node === undefined ? {} : { node }) };
}

function stepFinished<O, A extends O>(planned: PlannedStep<O, A>, performed: Performed, durationMs: number): RunEvent {
  const { outcome, message, error } = performed;
  return {
    type: "step-finished",
    outcome,
    message,
    durationMs,
    ...placeOf(planned),
    ...(error === undefined ? {} : { error: errorReport(error) }),
  };
}
