import { detectAppearance } from "../../ui/terminal/appearance.ts";
import type { CommandContext } from "../command-context.ts";
import { version } from "../version.ts";

/**
 * Shows the program on the terminal. Ink reads from the environment whether there are colours when it is loaded, and
 * knows nothing of NO_COLOR, so that is settled before.
 */
export async function showScreen(context: CommandContext): Promise<number> {
  const appearance = detectAppearance(process.env);
  process.env.FORCE_COLOR = appearance.colour ? (process.env.FORCE_COLOR ?? "3") : "0";
  const { openScreen } = await import("../../ui/open-screen.tsx");
  const { exitCode, keptOutput } = await openScreen({
    services: { version },
    appearance,
    streams: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
    first: { screen: "home" },
    signal: context.signal,
  });
  for (const text of keptOutput) process.stderr.write(text);
  return exitCode;
}
