import { errorReport } from "./error-report.ts";
import type { InstallerError } from "./errors.ts";
import type { Emit, RunEvent, RunSummary } from "./events.ts";
import { nodeToBlame } from "./lost-node.ts";
import { type Change, type Performed, perform } from "./perform.ts";
import type { Plan, PlannedStep } from "./plan.ts";
import { createSchedule } from "./schedule.ts";
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
  /** Whether going on without these nodes is safe; then a node that fails is set aside and the rest goes on. */
  readonly canLose: (nodes: ReadonlySet<string>) => boolean;
  /** Nodes that were lost before the run began, with the reason: set aside from the start. */
  readonly absent?: ReadonlyMap<string, InstallerError>;
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
  /** Why each node was set aside. */
  readonly setAside: ReadonlyMap<string, InstallerError>;
}

/** Executes the plan as a worker pool over its graph: a step starts as soon as what it needs is done. */
export async function runPlan<O, A extends O>(options: RunOptions<O, A>): Promise<RunResult> {
  const { plan, emit, signal } = options;
  const started = performance.now();
  const nodes = [...new Set(plan.steps.flatMap(({ node }) => (node === undefined ? [] : [node])))];
  emit({ type: "run-started", steps: plan.steps.length, nodes, dryRun: options.dryRun });

  const schedule = createSchedule(plan);
  const finished = new Map<string, Finished>();
  let running = 0;
  let wake = (): void => {};
  let crash: { readonly thrown: unknown } | undefined;
  const setAside = new Map<string, InstallerError>();
  /** Steps that failed only because of a node that has been set aside since: they are tried without it, once each. */
  const triedWithout = new Set<string>();
  let fatal: InstallerError | undefined;

  const record = (planned: PlannedStep<O, A>, performed: Performed, durationMs: number): void => {
    finished.set(planned.key, { planned, outcome: performed.outcome, durationMs });
    emit(stepFinished(planned, performed, durationMs));
  };
  const skip = (steps: readonly PlannedStep<O, A>[], message: string): void => {
    for (const planned of steps) record(planned, { outcome: "skipped", message }, 0);
  };
  const putAside = (node: string, error: InstallerError): void => {
    setAside.set(node, error);
    emit({ type: "node-set-aside", node, error: errorReport(error) });
    skip(schedule.giveUp(node), "its node was set aside");
  };
  const settle = (planned: PlannedStep<O, A>, performed: Performed, durationMs: number): void => {
    schedule.ended(planned);
    record(planned, performed, durationMs);
    const { error } = performed;
    if (error === undefined) {
      schedule.met(planned);
      return;
    }
    const lost = nodeToBlame(planned, error);
    if (lost === undefined || signal.aborted || !options.canLose(new Set([...setAside.keys(), lost]))) {
      fatal ??= error;
      return;
    }
    if (!setAside.has(lost)) putAside(lost, error);
    if (planned.node === lost) return;
    if (!triedWithout.has(`${planned.key} ${lost}`)) schedule.again(planned);
    else fatal ??= error;
    triedWithout.add(`${planned.key} ${lost}`);
  };
  const start = (planned: PlannedStep<O, A>): void => {
    running += 1;
    execute(planned, options, finished)
      .then(({ performed, durationMs }) => settle(planned, performed, durationMs))
      .catch((thrown: unknown) => {
        crash ??= { thrown };
      })
      .finally(() => {
        running -= 1;
        wake();
      });
  };

  const stopping = () => fatal !== undefined || crash !== undefined || signal.aborted || options.stop?.aborted === true;
  const startReady = (): void => {
    while (!stopping() && running < options.concurrency) {
      const planned = schedule.next();
      if (planned === undefined) return;
      start(planned);
    }
  };
  for (const [node, error] of options.absent ?? []) putAside(node, error);
  for (startReady(); running > 0; startReady()) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  if (crash !== undefined) throw crash.thrown;
  skip(schedule.left(), reasonToSkip(options));

  const summary = summarise([...finished.values()], {
    durationMs: Math.round(performance.now() - started),
    setAside: [...setAside.keys()],
    interrupted: signal.aborted || options.stop?.aborted === true,
    failed: fatal !== undefined,
  });
  emit({ type: "run-finished", ...summary });
  const error = fatal ?? setAside.values().next().value;
  return { summary, setAside, ...(error === undefined ? {} : { error }) };
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

function reasonToSkip(options: { signal: AbortSignal; stop?: AbortSignal }): string {
  return options.signal.aborted || options.stop?.aborted === true
    ? "the run was interrupted"
    : "an earlier step failed";
}

function placeOf<O, A extends O>({ step, node }: PlannedStep<O, A>) {
  return { step: step.id, title: step.title, ...(node === undefined ? {} : { node }) };
}

function stepFinished<O, A extends O>(planned: PlannedStep<O, A>, performed: Performed, durationMs: number): RunEvent {
  const { outcome, message, kind, danger, error } = performed;
  return {
    type: "step-finished",
    outcome,
    message,
    durationMs: Math.round(durationMs),
    ...(kind === undefined ? {} : { kind }),
    ...(danger === undefined ? {} : { danger }),
    ...placeOf(planned),
    ...(error === undefined ? {} : { error: errorReport(error) }),
  };
}
