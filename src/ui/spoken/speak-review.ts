import { errorReport } from "../../engine/error-report.ts";
import { toInstallerError } from "../../engine/errors.ts";
import { formatErrorReport } from "../../report/error-text.ts";
import { plainLines } from "../../report/plain-lines.ts";
import type { AppModel } from "../app/app-model.tsx";
import type { Question } from "../app/questions.ts";
import { commandLine } from "../review/command-line.ts";
import { intentionOf } from "../review/intention.ts";
import { countsInWords, type PlanRow, planRows } from "../review/plan-rows.ts";
import { requestOfWizard } from "../review/request-of-wizard.ts";
import { requestToTryAgain } from "../run/try-again.ts";
import type { Foreseen, RunRequest } from "../services.ts";
import { askChoice, askYes } from "./ask-choice.ts";
import { back, listen, sayAll, type Voice } from "./voice.ts";

/** What would change, line by line, then the question whether to do it; the run itself follows. */
export async function speakReview(
  voice: Voice,
  app: AppModel,
  { wanted, stop }: { wanted: RunRequest | undefined; stop: AbortSignal },
): Promise<void> {
  try {
    voice.print("Looking at every node. Nothing is changed yet.");
    const request = wanted ?? (await requestOfWizard(app, voice.signal));
    const ask = (question: Question) => askQuestion(voice, question);
    const foreseen = await app.services.foresee(request, { ask, inform: voice.print, signal: voice.signal });
    if (!(await agrees(voice, request, foreseen))) return app.trail.dispatch({ type: "back" });
    await speakRun(voice, app, { request, stop });
  } catch (thrown) {
    const error = toInstallerError(thrown);
    if (error.code === "interrupted") throw error;
    sayAll(voice, formatErrorReport(errorReport(error)).split("\n"));
    if (!(await askYes(voice, "Look again?"))) app.trail.dispatch({ type: "back" });
  }
}

async function agrees(voice: Voice, request: RunRequest, foreseen: Foreseen): Promise<boolean> {
  sayAll(voice, planRows(foreseen, false).map(rowInWords));
  voice.print(`${foreseen.nodes.length} nodes: ${countsInWords(foreseen.review.entries)}`);
  voice.print(`The same without questions: ${commandLine(request)}`);
  const { verb, takesAway, errors } = intentionOf(request, foreseen);
  if (errors > 0) {
    voice.print(`Preflight found ${errors} errors: mend them, then look again.`);
    return false;
  }
  if (!(await askYes(voice, `${verb} ${request.cluster}?`))) return false;
  return !takesAway || askName(voice, request.cluster);
}

/** Nobody types the name of a cluster by accident. */
async function askName(voice: Voice, cluster: string): Promise<boolean> {
  const said = await listen(voice, `This removes the cluster ${cluster} with everything in it. Type its name: `, {
    help: ["Anything but its name changes nothing."],
  });
  if (said === cluster) return true;
  voice.print("The name does not match; nothing was changed.");
  return false;
}

const kinds = { create: "make", change: "alter", danger: "DANGER", satisfied: "as wanted", unknown: "not looked at" };

function rowInWords(row: PlanRow): string {
  switch (row.kind) {
    case "note":
      return `${row.severity === "plain" ? "" : `${row.severity}: `}${row.text}`;
    case "node":
      return `${row.name}${row.roles === "" ? "" : ` (${row.roles})`}: ${row.counts}`;
    case "entry": {
      const { kind, title, danger } = row.entry;
      return `  ${kinds[kind]}: ${title}${danger === undefined ? "" : `. ${danger}`}`;
    }
  }
}

/** The run as plain lines, then how it ended and what to do now. */
async function speakRun(voice: Voice, app: AppModel, run: { request: RunRequest; stop: AbortSignal }): Promise<void> {
  const { services, trail, quit } = app;
  const { request, stop } = run;
  const reporter = plainLines({ write: voice.print });
  const ask = (question: Question) => askQuestion(voice, question);
  const tools = { ask, emit: reporter.emit, inform: voice.print, signal: voice.signal, stop };
  const end = await services.run(request, tools);
  reporter.end();
  if (end.error !== undefined) sayAll(voice, formatErrorReport(end.error).split("\n"));
  if (end.log !== undefined) voice.print(`Log: ${end.log}`);
  sayAll(voice, end.closing ?? []);
  if (end.exitCode === 0 || stop.aborted) return quit(end.exitCode);
  if (await askYes(voice, "Try again? What is done stays done.")) {
    return speakRun(voice, app, { request: requestToTryAgain(request), stop });
  }
  trail.dispatch({ type: "start-over", place: { screen: "home" } });
}

/** A question of work that waits, with the answer that changes nothing as the usual one. */
async function askQuestion(voice: Voice, { title, lines, choices, safe }: Question): Promise<string> {
  voice.print(title);
  sayAll(voice, lines);
  const chosen = await askChoice(voice, { title: "", choices, current: safe });
  return chosen === back ? safe : chosen;
}
