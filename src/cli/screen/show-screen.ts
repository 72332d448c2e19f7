import { detectAppearance } from "../../ui/terminal/appearance.ts";
import type { CommandContext } from "../command-context.ts";
import { loadDraft } from "./load-draft.ts";
import { servicesFor } from "./services.ts";

/**
 * Shows the program on the terminal. Ink reads from the environment whether there are colours when it is loaded, and
 * knows nothing of NO_COLOR, so that is settled before. A preset opens at its review.
 * @throws InstallerError `preset-invalid`, `preset-unreadable`, before anything is shown
 */
export async function showScreen(context: CommandContext, { preset }: { preset?: string } = {}): Promise<number> {
  const load = preset === undefined ? undefined : await loadDraft(preset, context.signal);
  const appearance = detectAppearance(process.env);
  process.env.FORCE_COLOR = appearance.colour ? (process.env.FORCE_COLOR ?? "3") : "0";
  const { openScreen } = await import("../../ui/open-screen.tsx");
  const { exitCode, closing, keptOutput } = await openScreen({
    services: servicesFor(context),
    appearance,
    streams: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
    first: load === undefined ? [{ screen: "home" }] : [{ screen: "home" }, { screen: "wizard" }, { screen: "review" }],
    ...(load === undefined ? {} : { load }),
    signal: context.signal,
  });
  for (const line of closing) context.print(line);
  for (const text of keptOutput) process.stderr.write(text);
  return exitCode;
}
