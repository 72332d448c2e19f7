import type { Store } from "../../state/store.ts";
import { type Judged, judge } from "../judge.ts";
import type { WizardAction, WizardState } from "../wizard-state.ts";
import { machinesOf } from "./machines.ts";

/** What is known of a draft; `stale` while it is about an earlier one. */
export interface Judgement {
  readonly judged: Judged;
  readonly stale: boolean;
}

/** Up to here a judgement takes less than a frame. */
const fewMachines = 60;
/** In milliseconds: how long nothing may change before a long list is judged. */
const rest = 400;

const nothingYet: Judged = { preset: undefined, findings: [] };

/** The judgement of the wizard's draft: at once for a short list, for a long one when nothing was changed for a while. */
export function settledJudgement(
  wizard: Store<WizardState, WizardAction>,
): Pick<Store<Judgement, never>, "get" | "subscribe"> {
  let judgement: Judgement = { judged: nothingYet, stale: true };
  let about = {};
  const look = (): void => {
    const { draft } = wizard.get();
    about = draft;
    judgement = { judged: judge(draft), stale: false };
  };
  return {
    get: () => {
      const { draft } = wizard.get();
      if (about === draft) return judgement;
      if (machinesOf(draft).length <= fewMachines) look();
      else if (!judgement.stale) judgement = { ...judgement, stale: true };
      return judgement;
    },
    subscribe: (listener) => {
      let timer: NodeJS.Timeout | undefined;
      const later = (): void => {
        clearTimeout(timer);
        if (about === wizard.get().draft) return;
        timer = setTimeout(() => {
          look();
          listener();
        }, rest);
      };
      const stop = wizard.subscribe(() => {
        listener();
        later();
      });
      later();
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}
