import { toInstallerError } from "../../engine/errors.ts";
import type { AppModel } from "../app/app-model.tsx";
import type { ActiveRun } from "./active-run.ts";
import { openShell } from "./open-shell.ts";
import type { FailureAnswer } from "./outcome.ts";
import { reportLines } from "./report.ts";
import { startRun } from "./start-run.ts";
import { requestAfter, requestToTryAgain } from "./try-again.ts";

/** Does what was chosen after a run that did not go well; gives what there is to say about it. */
export async function answerFailure(
  app: AppModel,
  run: ActiveRun,
  answer: FailureAnswer,
  node: string | undefined,
): Promise<string> {
  const again = requestAfter(answer, run, node);
  if (again !== undefined) {
    await startRun(app, again, run.foreseen);
    return "";
  }
  const request = requestToTryAgain(run.request);
  switch (answer) {
    case "review":
      app.trail.dispatch({ type: "replace", place: { screen: "review", request } });
      return "";
    case "shell":
      return node === undefined ? "" : shellOn(app, run, node);
    case "report":
      return saveLines(app, `${request.cluster}-report`, reportLines(run));
    case "quit":
      app.quit(run.end?.exitCode ?? 1);
      return "";
    default:
      return "";
  }
}

/** Opens a shell on a node of a run; gives what went wrong, if something did. */
export async function shellOn(app: AppModel, { request }: Pick<ActiveRun, "request">, node: string): Promise<string> {
  try {
    await openShell(app, request, node);
    return "";
  } catch (thrown) {
    return toInstallerError(thrown).message;
  }
}

/** Saves lines to a file; gives where it is, or why it is not. */
export async function saveLines({ services }: AppModel, name: string, lines: readonly string[]): Promise<string> {
  try {
    return `Saved: ${await services.saveLines(name, lines)}`;
  } catch (thrown) {
    return toInstallerError(thrown).message;
  }
}
