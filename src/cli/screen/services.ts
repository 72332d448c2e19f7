import { InstallerError } from "../../engine/errors.ts";
import type { Services } from "../../ui/services.ts";
import type { CommandContext } from "../command-context.ts";
import { version } from "../version.ts";
import { foresee } from "./foresee.ts";
import { runRequest } from "./run-request.ts";
import { saveLines } from "./save-lines.ts";
import { savePreset } from "./save-preset.ts";
import { stepHistory } from "./step-history.ts";

/** What the screen can do, done in the same way as by the commands. */
export function servicesFor(context: CommandContext): Services {
  return {
    version,
    savePreset,
    foresee: (request, tools) => foresee(request, tools, context),
    run: (request, tools) => runRequest(request, tools, context),
    stepHistory,
    saveLines,
    shell: async () => {
      throw new InstallerError("usage", { message: "not yet" });
    },
  };
}
