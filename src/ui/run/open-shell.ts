import type { AppModel } from "../app/app-model.tsx";
import type { RunRequest } from "../services.ts";

/** Opens a shell of root on a node in place of the screen; what runs meanwhile goes on. @throws InstallerError */
export async function openShell(
  { services, questions, suspend }: Pick<AppModel, "services" | "questions" | "suspend">,
  request: RunRequest,
  node: string,
): Promise<void> {
  const shell = await services.shell(request, node, { ask: questions.ask, signal: new AbortController().signal });
  await suspend(shell.attach);
}
