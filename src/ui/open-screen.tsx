import { setTimeout as delay } from "node:timers/promises";
import { seconds } from "../engine/time.ts";
import { App } from "./app/app.tsx";
import type { AppModel } from "./app/app-model.tsx";
import { createModel } from "./app/create-model.ts";
import type { Trail } from "./app/place.ts";
import type { Services } from "./services.ts";
import type { Appearance } from "./terminal/appearance.ts";
import { type Shown, show, type TerminalStreams } from "./terminal/terminal.ts";
import { newWizard, reduceWizard, type WizardAction } from "./wizard/wizard-state.ts";

export interface ScreenOptions {
  readonly services: Services;
  readonly appearance: Appearance;
  readonly streams: TerminalStreams;
  /** Where to begin, with the way back from there. */
  readonly first: Trail;
  /** The preset the wizard begins with. */
  readonly load?: Extract<WizardAction, { readonly type: "load" }>;
  /** Leaves the screen at once, as for SIGTERM. */
  readonly signal: AbortSignal;
  /** Ends what is under way after the running steps, or leaves when nothing is, as for SIGINT from elsewhere. */
  readonly stop: AbortSignal;
}

/** How the person left, what to print on the normal screen, and what others wanted to print meanwhile. */
export interface ScreenEnd {
  readonly exitCode: number;
  readonly closing: readonly string[];
  readonly keptOutput: readonly string[];
}

/** How long an aborted run may take to end its commands on the nodes and to give up its lock. */
const patience = seconds(1.8);

/** Shows the program until the person leaves it; a run that is under way then is aborted and awaited. */
export async function openScreen(options: ScreenOptions): Promise<ScreenEnd> {
  const { services, appearance, streams, first, load, signal, stop } = options;
  signal.throwIfAborted();
  const left = new AbortController();
  const closing: string[] = [];
  let exitCode = 0;
  let shown: Shown | undefined;
  const model = createModel({
    services,
    first,
    wizard: load === undefined ? newWizard : reduceWizard(newWizard, load),
    suspend: (act) => (shown === undefined ? act() : shown.suspend(act)),
    sayAfterwards: (lines) => void closing.splice(0, closing.length, ...lines),
    quit: (code) => {
      exitCode = code;
      left.abort();
    },
  });
  shown = show(<App model={model} appearance={appearance} />, streams, { ascii: !appearance.unicode });
  void aborted(stop).then(() => {
    const work = model.work.get();
    if (work === undefined) left.abort();
    else work.stop();
  });
  await aborted(AbortSignal.any([left.signal, signal]));
  await endWork(model);
  return { exitCode, closing, keptOutput: shown.close() };
}

async function endWork({ work }: AppModel): Promise<void> {
  work.get()?.abort();
  const ended = new AbortController();
  const look = () => (work.get() === undefined ? ended.abort() : undefined);
  const stopLooking = work.subscribe(look);
  look();
  await Promise.race([aborted(ended.signal), delay(patience, undefined, { ref: false })]);
  stopLooking();
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
