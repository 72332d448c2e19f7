import { InstallerError } from "../engine/errors.ts";
import { ask } from "./ask.ts";
import type { CommandContext } from "./command-context.ts";

/**
 * Lets a person confirm that a cluster and everything it holds may go, by typing its name.
 * @throws InstallerError `input-needed` when nobody is there to ask, `usage` when another name is typed
 */
export async function confirmLoss(
  cluster: string,
  { interactive, signal }: Pick<CommandContext, "interactive" | "signal">,
): Promise<void> {
  if (!interactive) {
    throw new InstallerError("input-needed", {
      message: `Destroying the cluster ${cluster} must be confirmed, but nobody is there to ask.`,
      nextSteps: ["add `--yes` when the cluster and all it holds may go"],
    });
  }
  const question = `This removes the cluster ${cluster} with everything in it. Type its name to go on: `;
  if ((await ask(question, signal)) === cluster) return;
  throw new InstallerError("usage", { message: "The name does not match; nothing was changed." });
}
