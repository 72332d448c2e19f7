import { toInstallerError } from "../../engine/errors.ts";
import type { AppModel } from "../app/app-model.tsx";
import type { Place } from "../app/place.ts";
import type { KnownRun, Services } from "../services.ts";
import { askChoice } from "./ask-choice.ts";
import { errorInWords } from "./error-in-words.ts";
import { back, sayAll, type Voice } from "./voice.ts";

/** So many are named at once. */
const runsAtOnce = 9;

/** The runs on record, a number tells one again; or the one that is meant. */
export async function speakRuns(
  voice: Voice,
  { services, trail }: AppModel,
  { cluster, run: meant }: Extract<Place, { screen: "runs" }>,
): Promise<void> {
  if (meant !== undefined) await tell(voice, services, meant);
  else {
    const runs = await services.runs(cluster);
    voice.print(
      runs.length === 0 ? "No run is on record." : "The runs on record, newest first. A number tells one again.",
    );
    for (let run = await chooseRun(voice, runs, 0); run !== undefined; run = await chooseRun(voice, runs, 0)) {
      await tell(voice, services, run);
    }
  }
  trail.dispatch({ type: "back" });
}

async function chooseRun(voice: Voice, runs: readonly KnownRun[], from: number): Promise<KnownRun | undefined> {
  const chosen = await askChoice(voice, {
    choices: [
      ...runs.slice(from, from + runsAtOnce).map(({ started, command, outcome, steps }, index) => ({
        value: String(from + index),
        label: `${started?.toISOString().slice(0, 19).replace("T", " ") ?? ""} ${command}`.trim(),
        note: `${outcome}, ${steps}`,
      })),
      ...(runs.length > from + runsAtOnce ? [{ value: "earlier", label: "Earlier ones" }] : []),
      { value: "back", label: "Back" },
    ],
    current: "back",
  });
  if (chosen === "earlier") return chooseRun(voice, runs, from + runsAtOnce);
  if (chosen === back && from > 0) return chooseRun(voice, runs, from - runsAtOnce);
  return chosen === back || chosen === "back" ? undefined : runs[Number(chosen)];
}

async function tell(voice: Voice, services: Services, run: KnownRun): Promise<void> {
  try {
    sayAll(voice, await services.replay(run));
  } catch (thrown) {
    sayAll(voice, errorInWords(toInstallerError(thrown)));
  }
}
