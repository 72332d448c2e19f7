import type { AppModel } from "../app/app-model.tsx";
import type { Foreseen, RunRequest } from "../services.ts";
import { activeRun } from "./active-run.ts";

/** Starts a run and shows it: it goes on whatever screen is open, and Ctrl-C asks about it. */
export async function startRun(app: AppModel, request: RunRequest, foreseen: Foreseen): Promise<void> {
  const { services, questions, run, work, trail, sayAfterwards } = app;
  const history = await services.stepHistory(request.cluster);
  const started = activeRun({ request, foreseen, history });
  run.dispatch(started);
  trail.dispatch({ type: "start-over", place: { screen: "home" } });
  trail.dispatch({ type: "open", place: { screen: "run" } });
  const [stop, abort] = [new AbortController(), new AbortController()];
  work.dispatch({
    what: `the ${request.command} of ${request.cluster}`,
    stop: () => stop.abort(new DOMException("Stopped by the person at the terminal.", "AbortError")),
    abort: () => {
      stop.abort(new DOMException("Aborted by the person at the terminal.", "AbortError"));
      abort.abort(new DOMException("Aborted by the person at the terminal.", "AbortError"));
    },
  });
  const end = await services.run(request, {
    ask: questions.ask,
    emit: started.take,
    inform: (message) => started.take({ type: "diagnostic", level: "info", message }),
    signal: abort.signal,
    stop: stop.signal,
  });
  await started.tree.end();
  started.model.close();
  work.dispatch(undefined);
  run.dispatch({ ...started, end });
  sayAfterwards(end.closing ?? []);
}
