import { InstallerError } from "../engine/errors.ts";
import type { CommandContext } from "./command-context.ts";
import { personAtPrompt } from "./person-at-prompt.ts";

/**
 * Lets a person confirm that a cluster and everything it holds may go, usually by typing its name.
 * @throws InstallerError `input-needed` when nobody is there to ask, `usage` when another name is typed
 */
export async function confirmLoss(
  cluster: string,
  { interactive, signal, person = personAtPrompt }: Pick<CommandContext, "interactive" | "signal" | "person">,
): Promise<void> {
  if (!interactive) {
    throw new InstallerError("input-needed", {
      message: `Destroying the cluster ${cluster} must be confirmed, but nobody is there to ask.`,
      nextSteps: ["add `--yes` when the cluster and all it holds may go"],
    });
  }
  if (await person.confirmLoss(cluster, signal)) return;
  throw new InstallerError("usage", { message: "The name does not match; nothing was changed." });
}
