import { InstallerError } from "../../engine/errors.ts";
import type { AppModel } from "../app/app-model.tsx";
import type { RunRequest } from "../services.ts";
import { presetForRun } from "../wizard/preset-for-run.ts";

/** The install of what the wizard says, whose preset is saved for it. @throws InstallerError `usage` when it cannot be */
export async function requestOfWizard(
  app: Pick<AppModel, "services" | "wizard">,
  signal: AbortSignal,
): Promise<RunRequest> {
  const saved = await presetForRun(app, signal);
  if (saved.outcome === "failed") {
    throw new InstallerError("usage", {
      message: `The preset cannot be saved: ${saved.reason}`,
      nextSteps: ["make its folder one that can be written to, or name another one for all state: `XDG_STATE_HOME=…`"],
    });
  }
  return { command: "install", cluster: app.wizard.get().draft.metadata?.name ?? "", presetFile: saved.path };
}
