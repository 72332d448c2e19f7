import { countFindings } from "../../engine/findings.ts";
import type { Foreseen, RunRequest } from "../services.ts";

/** What a person is asked to agree to. */
export interface Intention {
  /** `Install`, for the question and its answer. */
  readonly verb: string;
  /** A cluster and all it holds goes, so its name must be typed. */
  readonly takesAway: boolean;
  /** Findings that stand in the way; what only takes away is not kept from it by them. */
  readonly errors: number;
}

/** Says what a request comes to, the same for those who look and those who listen. */
export function intentionOf({ command, startOver = false }: RunRequest, { preflight }: Foreseen): Intention {
  const takesAway = command === "destroy" || startOver;
  return {
    verb: command === "destroy" ? "Destroy" : startOver ? "Start over with" : "Install",
    takesAway,
    errors: takesAway || preflight === undefined ? 0 : countFindings(preflight.findings, "error"),
  };
}
