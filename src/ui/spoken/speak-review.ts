import { type InstallerError, toInstallerError } from "../../engine/errors.ts";
import type { AppModel } from "../app/app-model.tsx";
import { commandLine } from "../review/command-line.ts";
import { intentionOf } from "../review/intention.ts";
import { countsInWords } from "../review/plan-rows.ts";
import { requestOfWizard } from "../review/request-of-wizard.ts";
import type { Foreseen, RunRequest } from "../services.ts";
import { countOf } from "../state/count-of.ts";
import { askYes } from "./ask-choice.ts";
import { errorInWords } from "./error-in-words.ts";
import { planInWords } from "./plan-in-words.ts";
import { speakRun } from "./speak-run.ts";
import { takeTurns } from "./take-turns.ts";
import { listen, sayAll, type Voice } from "./voice.ts";

/** What would change, line by line, then the question whether to do it; the run itself follows. */
export async function speakReview(voice: Voice, app: AppModel, wanted: RunRequest | undefined): Promise<void> {
  try {
    const request = wanted ?? (await requestOfWizard(app, voice.signal));
    if (wanted === undefined) voice.print(`The preset is saved: ${request.presetFile}`);
    voice.print("Looking at every node. Nothing is changed yet. Ctrl-C ends it.");
    const foreseen = await foresee(voice, app, request);
    if (foreseen === undefined) {
      voice.print("The look at the nodes was ended; nothing was changed.");
      return app.trail.dispatch({ type: "back" });
    }
    const answer = await agrees(voice, request, foreseen);
    if (answer === "yes") await speakRun(voice, app, { request, foreseen });
    if (answer === "no") app.trail.dispatch({ type: "back" });
  } catch (thrown) {
    const error = toInstallerError(thrown);
    if (error.code === "interrupted") throw error;
    sayAll(voice, errorInWords(error));
    if (!(await askYes(voice, "Look again?"))) app.trail.dispatch({ type: "back" });
  }
}

/** The plan, or nothing when the person does not want to wait for it. */
async function foresee(voice: Voice, { services }: AppModel, request: RunRequest): Promise<Foreseen | undefined> {
  let left: InstallerError | undefined;
  const { ask, print } = takeTurns(voice, (thrown) => {
    left = thrown;
  });
  const ended = new AbortController();
  const hearNoMore = voice.hearCtrlC(() => ended.abort());
  const signal = AbortSignal.any([voice.signal, voice.stop, ended.signal]);
  try {
    return await services.foresee(request, { ask, inform: print, signal });
  } catch (thrown) {
    if (ended.signal.aborted && !voice.signal.aborted) return undefined;
    throw left ?? thrown;
  } finally {
    hearNoMore();
  }
}

async function agrees(voice: Voice, request: RunRequest, foreseen: Foreseen): Promise<"yes" | "no" | "again"> {
  const said = planInWords(foreseen);
  sayAll(voice, said.brief);
  voice.print(`${countOf(foreseen.nodes.length, "node")}: ${countsInWords(foreseen.review.entries)}`);
  voice.print(`The same without questions: ${commandLine(request)}`);
  const { verb, takesAway, errors } = intentionOf(request, foreseen);
  const commands = { show: () => said.whole, shown: "every step of the plan" };
  if (errors > 0) {
    voice.print(`Preflight found ${countOf(errors, "error")}, which must be mended first.`);
    return (await askYes(voice, "Look again?", commands)) ? "again" : "no";
  }
  if (!(await askYes(voice, `${verb} ${request.cluster}?`, commands))) {
    voice.print("Nothing was changed.");
    return "no";
  }
  return !takesAway || (await askName(voice, request.cluster)) ? "yes" : "no";
}

/** Nobody types the name of a cluster by accident. */
async function askName(voice: Voice, cluster: string): Promise<boolean> {
  voice.print(`This removes the cluster ${cluster} with everything in it.`);
  const said = await listen(voice, "Type its name: ", { help: ["Anything but its name changes nothing."] });
  if (said === cluster) return true;
  voice.print("The name does not match; nothing was changed.");
  return false;
}
