import { toInstallerError } from "../../engine/errors.ts";
import type { AppModel } from "../app/app-model.tsx";
import type { Foreseen, RunRequest } from "../services.ts";
import { printableValue } from "../state/printable-value.ts";
import { type ActiveRun, activeRun } from "./active-run.ts";

/** Starts a run and shows it: it goes on whatever screen is open, and Ctrl-C asks about it. */
export async function startRun(app: AppModel, request: RunRequest, foreseen: Foreseen): Promise<void> {
  const { services, questions, run, work, trail, sayAfterwards } = app;
  let current: ActiveRun = activeRun({ request, foreseen });
  const change = (changes: Pick<ActiveRun, "stopping" | "end">): void => {
    current = { ...current, ...changes };
    run.dispatch(current);
  };
  const { take, teller, tree, model } = current;
  run.dispatch(current);
  trail.dispatch({ type: "start-over", place: { screen: "home" } });
  trail.dispatch({ type: "open", place: { screen: "run" } });
  const [stop, abort] = [new AbortController(), new AbortController()];
  const inform = (message: string) => take({ type: "diagnostic", level: "info", message });
  work.dispatch({
    what: `the ${request.command} of ${request.cluster}`,
    stop: () => {
      stop.abort(new DOMException("Stopped by the person at the terminal.", "AbortError"));
      change({ stopping: true });
    },
    abort: () => {
      stop.abort(new DOMException("Aborted by the person at the terminal.", "AbortError"));
      abort.abort(new DOMException("Aborted by the person at the terminal.", "AbortError"));
    },
  });
  services.stepHistory(request.cluster).then(teller.learn, (thrown: unknown) => {
    inform(`How long earlier runs took cannot be read: ${toInstallerError(thrown).message}`);
  });
  const end = await services.run(request, {
    ask: questions.ask,
    emit: take,
    inform,
    signal: abort.signal,
    stop: stop.signal,
  });
  await tree.end();
  model.close();
  work.dispatch(undefined);
  change({ end: printableValue(end) });
  sayAfterwards(current.end?.closing ?? []);
}
