import { InstallerError } from "../../engine/errors.ts";
import type { AppModel } from "../app/app-model.tsx";
import { createModel } from "../app/create-model.ts";
import { currentPlace, type Place, type Trail } from "../app/place.ts";
import type { Services } from "../services.ts";
import { newWizard, reduceWizard, type WizardAction } from "../wizard/wizard-state.ts";
import { speakCluster, speakHome, speakKubeconfig } from "./speak-clusters.ts";
import { speakResume } from "./speak-resume.ts";
import { speakReview } from "./speak-review.ts";
import { speakRuns } from "./speak-runs.ts";
import { speakWizard } from "./speak-wizard.ts";
import type { Voice } from "./voice.ts";

export interface SpokenOptions {
  readonly services: Services;
  readonly voice: Voice;
  readonly first: Trail;
  readonly load?: Extract<WizardAction, { readonly type: "load" }>;
}

/**
 * The whole program as a conversation, for somebody who listens: the same places, preset and services as on the screen,
 * but nothing is drawn. Gives the exit code.
 * @throws InstallerError `interrupted` when the person leaves at a question
 */
export async function openSpoken({ services, voice, first, load }: SpokenOptions): Promise<number> {
  let exitCode: number | undefined;
  const model = createModel({
    services,
    first,
    wizard: load === undefined ? newWizard : reduceWizard(newWizard, load),
    suspend: (act) => act(),
    sayAfterwards: () => undefined,
    quit: (code) => {
      exitCode = code;
    },
  });
  while (exitCode === undefined) await speakPlace(voice, model, currentPlace(model.trail.get()));
  return exitCode;
}

async function speakPlace(voice: Voice, app: AppModel, place: Place): Promise<void> {
  switch (place.screen) {
    case "home":
      return speakHome(voice, app);
    case "cluster":
      return speakCluster(voice, app, place.cluster);
    case "kubeconfig":
      return speakKubeconfig(voice, app, place.cluster);
    case "wizard":
      return speakWizard(voice, app);
    case "review":
      return speakReview(voice, app, place.request);
    case "resume":
      return speakResume(voice, app, place.cluster);
    case "runs":
      return speakRuns(voice, app, place);
    case "run":
      return app.trail.dispatch({ type: "back" });
    default:
      return nobodySpeaksOf(place);
  }
}

/** A place without words would be asked for again and again. */
function nobodySpeaksOf(place: never): never {
  throw new InstallerError("bug", { message: `Nothing can be said of ${JSON.stringify(place)}.` });
}
