import { toInstallerError } from "../../engine/errors.ts";
import type { AppModel } from "../app/app-model.tsx";
import type { ActiveRun } from "../run/active-run.ts";
import { failuresOf } from "../run/failures.ts";
import { type FailureAnswer, headline, waysOn } from "../run/outcome.ts";
import { reportLines } from "../run/report.ts";
import { requestAfter, requestToTryAgain } from "../run/try-again.ts";
import type { RunRequest } from "../services.ts";
import { askChoice, askYes, type SpokenChoice } from "./ask-choice.ts";
import { takeTurns } from "./take-turns.ts";
import { back, type Voice } from "./voice.ts";

/** A run that is over, as far as it is spoken of. */
export type SpokenRun = Pick<ActiveRun, "request" | "foreseen" | "model" | "end">;

type Answer = FailureAnswer | "other";

/** What one can do after a run that did not go well, until it is left; gives what to run next. */
export async function speakFailure(voice: Voice, app: AppModel, run: SpokenRun): Promise<RunRequest | undefined> {
  const nodes = [...new Set(failuresOf(run).flatMap(({ node }) => node ?? []))];
  let node = nodes[0];
  for (;;) {
    const ways = waysOn(run, node);
    const choices: readonly SpokenChoice<Answer>[] = [
      ...ways.map(({ value, label, note }) => ({ value, label, note })),
      ...(nodes.length > 1 ? [{ value: "other" as const, label: "Another node", note: `${nodes.length} failed` }] : []),
    ];
    const title = nodes.length > 1 ? `${headline(run)}. About ${node}:` : `${headline(run)}.`;
    const answer = await askChoice(voice, { title, choices, current: ways[0]?.value });
    switch (answer) {
      case back:
        app.trail.dispatch({ type: "start-over", place: { screen: "home" } });
        return undefined;
      case "quit":
        app.quit(run.end?.exitCode ?? 1);
        return undefined;
      case "review":
        app.trail.dispatch({ type: "replace", place: { screen: "review", request: requestToTryAgain(run.request) } });
        return undefined;
      case "other":
        node = await chooseNode(voice, nodes, node);
        break;
      case "report":
        await saveReport(voice, app, run);
        break;
      case "shell":
        if (node !== undefined) await openShell(voice, app, run, node);
        break;
      case "break-lock":
        voice.print("Two runs that change a cluster at the same time can break it.");
        if (await askYes(voice, "Is the other run dead?")) return requestAfter(answer, run, node);
        break;
      case "retry":
      case "skip":
        return requestAfter(answer, run, node);
    }
  }
}

async function chooseNode(voice: Voice, nodes: readonly string[], current: string | undefined) {
  const choices = nodes.map((name) => ({ value: name, label: name }));
  const chosen = await askChoice(voice, { title: "Which node?", choices, current });
  return chosen === back ? current : chosen;
}

async function saveReport(voice: Voice, { services }: AppModel, run: SpokenRun): Promise<void> {
  try {
    voice.print(`Saved: ${await services.saveLines(`${run.request.cluster}-report`, reportLines(run))}`);
  } catch (thrown) {
    voice.print(toInstallerError(thrown).message);
  }
}

async function openShell(voice: Voice, { services }: AppModel, { request }: SpokenRun, node: string): Promise<void> {
  voice.print(`Connecting to ${node}.`);
  try {
    const shell = await services.shell(request, node, { ask: takeTurns(voice).ask, signal: voice.signal });
    await shell.attach();
  } catch (thrown) {
    voice.signal.throwIfAborted();
    voice.print(toInstallerError(thrown).message);
  }
}
