import type { RunEvent } from "../../engine/events.ts";
import { plainLines } from "../../report/plain-lines.ts";
import type { AppModel } from "../app/app-model.tsx";
import { failuresOf } from "../run/failures.ts";
import { modelOfPlan } from "../run/model-of-plan.ts";
import { printableEvent } from "../run/printable-event.ts";
import type { Foreseen, RunRequest } from "../services.ts";
import { printableValue } from "../state/printable-value.ts";
import { failureInWords } from "./error-in-words.ts";
import { type SpokenRun, speakFailure } from "./speak-failure.ts";
import { takeTurns } from "./take-turns.ts";
import { sayAll, type Voice } from "./voice.ts";

/** The run as plain lines, how it ended, and what to do now, until there is nothing more to run. */
export async function speakRun(
  voice: Voice,
  app: AppModel,
  { request, foreseen }: { readonly request: RunRequest; readonly foreseen: Foreseen },
): Promise<void> {
  for (let next: RunRequest | undefined = request; next !== undefined; ) {
    const run = await runOnce(voice, app, { request: next, foreseen });
    const exitCode = run.end?.exitCode ?? 1;
    if (exitCode === 0 || voice.stop.aborted) return app.quit(exitCode);
    next = await speakFailure(voice, app, run);
  }
}

async function runOnce(
  voice: Voice,
  { services }: AppModel,
  { request, foreseen }: { readonly request: RunRequest; readonly foreseen: Foreseen },
): Promise<SpokenRun> {
  const { model } = modelOfPlan({ request, foreseen, now: () => performance.now() });
  const { ask, print } = takeTurns(voice);
  const reporter = plainLines({ write: print });
  const ended = await services.run(request, {
    ask,
    emit: (event) => {
      model.apply(printableEvent(event));
      reporter.emit(withoutTables(event));
    },
    inform: print,
    signal: voice.signal,
    stop: voice.stop,
  });
  reporter.end();
  model.close();
  const end = printableValue(ended);
  sayAll(voice, failuresOf({ model, end }).flatMap(failureInWords));
  if (end.log !== undefined) voice.print(`Log: ${end.log}`);
  sayAll(voice, end.closing ?? []);
  return { request, foreseen, model, end };
}

/** Where the time went is a table, which nobody wants to hear; the log has it. */
function withoutTables(event: RunEvent): RunEvent {
  return event.type === "run-finished" ? { ...event, criticalPath: [], slowest: [] } : event;
}
