import { useEffect, useState } from "react";
import { errorReport } from "../../../engine/error-report.ts";
import { toInstallerError } from "../../../engine/errors.ts";
import type { ErrorReport } from "../../../engine/events.ts";
import { useApp } from "../../app/app-model.tsx";
import { requestOfWizard } from "../../review/request-of-wizard.ts";
import type { Foreseen, RunRequest } from "../../services.ts";
import { printable, printableValue } from "../../state/printable-value.ts";

/** What is known so far of what a run would change. */
export type Foresight =
  | { readonly state: "looking"; readonly doing: string }
  | { readonly state: "seen"; readonly request: RunRequest; readonly foreseen: Foreseen }
  | { readonly state: "failed"; readonly error: ErrorReport };

/** Saves the wizard's preset unless another run is wanted, looks at every node and makes the plan; once while mounted. */
export function useForeseen(wanted: RunRequest | undefined): Foresight {
  const { services, wizard, questions } = useApp();
  const [foresight, setForesight] = useState<Foresight>({ state: "looking", doing: "" });
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const doing = (line: string) => signal.aborted || setForesight({ state: "looking", doing: printable(line) });
    const look = async (): Promise<Foresight> => {
      doing("Saving the preset");
      const request = wanted ?? (await requestOfWizard({ services, wizard }, signal));
      doing("Looking at every node");
      return {
        state: "seen",
        request,
        foreseen: await services.foresee(request, { ask: questions.ask, inform: doing, signal }),
      };
    };
    look()
      .catch((thrown: unknown): Foresight => ({ state: "failed", error: errorReport(toInstallerError(thrown)) }))
      .then((result) => signal.aborted || setForesight(printableValue(result)));
    return () => leaving.abort();
  }, [services, wizard, questions, wanted]);
  return foresight;
}
