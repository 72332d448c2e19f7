import type { RunSummary } from "../../../src/engine/events.ts";
import { App } from "../../../src/ui/app/app.tsx";
import type { AppModel } from "../../../src/ui/app/app-model.tsx";
import type { Trail } from "../../../src/ui/app/place.ts";
import type { RunEnd } from "../../../src/ui/run/run-end.ts";
import { startRun } from "../../../src/ui/run/start-run.ts";
import type { Foreseen, RunTools, Services } from "../../../src/ui/services.ts";
import type { Appearance } from "../../../src/ui/terminal/appearance.ts";
import type { PresetDraft } from "../../../src/ui/wizard/draft.ts";
import { newWizard } from "../../../src/ui/wizard/wizard-state.ts";
import { appModel } from "../app-model.ts";
import { type Rig, rig } from "../screen-rig.tsx";
import { foreseenBy, type Recorded } from "./recorded.ts";

export interface StageOptions {
  readonly trail?: Trail;
  readonly draft?: PresetDraft;
  readonly services?: Partial<Services>;
  readonly size?: { readonly columns: number; readonly rows: number };
  readonly appearance?: Partial<Appearance>;
}

/** The program on a screen, with a clock that stands still and runs that were recorded. */
export interface Stage extends Rig {
  readonly model: AppModel;
  /** Starts a recorded run, as after the yes in the review. */
  start(run: Recorded): Promise<void>;
  /** Lets the run go on to its first event for which this holds, or to its end. */
  goOn(until?: (event: Recorded[number]["event"]) => boolean): void;
  /** Ends the run. */
  end(end: (summary: RunSummary) => RunEnd): void;
}

/** Sets the program up; `close` gives the clock back. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const { trail = [{ screen: "home" }], draft = newWizard.draft, services = {}, size, appearance } = options;
  const clock = stopClock();
  let left: Recorded = [];
  let tools: RunTools | undefined;
  let settle: (end: RunEnd) => void = () => undefined;
  let summary: RunSummary | undefined;
  let foreseen: Foreseen | undefined;
  const { model } = appModel({
    services: {
      run: (_, given) => {
        tools = given;
        return new Promise((resolve) => {
          settle = resolve;
        });
      },
      ...services,
    },
    wizard: { ...newWizard, draft },
  });
  const [first, ...rest] = trail;
  model.trail.dispatch({ type: "start-over", place: first });
  for (const place of rest) model.trail.dispatch({ type: "open", place });
  const looks = { colour: true, unicode: true, screenReader: false, ...appearance };
  const open = await rig(<App model={model} appearance={looks} />, size);
  return {
    ...open,
    model,
    start: async (run) => {
      left = run;
      foreseen = foreseenBy(run);
      void startRun(model, { command: "install", cluster: "demo", presetFile: "demo.yaml" }, foreseen);
      await open.shows("Nodes");
    },
    goOn: (until) => {
      const found = until === undefined ? -1 : left.findIndex(({ event }) => until(event));
      const count = found === -1 ? left.length : found + 1;
      for (const { at, event } of left.slice(0, count)) {
        clock.set(at);
        if (event.type === "run-finished") summary = event;
        tools?.emit(event);
      }
      left = left.slice(count);
    },
    end: (end) => {
      if (summary === undefined) throw new Error("The run has no end yet.");
      settle(end(summary));
    },
    close: () => {
      clock.giveBack();
      return open.close();
    },
  };
}

/** The program looks at one clock for how long things take; here it shows what the recording says. */
function stopClock() {
  const real = performance.now;
  let now = 0;
  performance.now = () => now;
  return {
    set: (at: number) => {
      now = at;
    },
    giveBack: () => {
      performance.now = real;
    },
  };
}
