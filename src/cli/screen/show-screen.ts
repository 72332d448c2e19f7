import type { Trail } from "../../ui/app/place.ts";
import type { ScreenOptions } from "../../ui/open-screen.tsx";
import { type Appearance, detectAppearance } from "../../ui/terminal/appearance.ts";
import type { CommandContext } from "../command-context.ts";
import type { AppearanceOptions } from "../options.ts";
import { servicesFor } from "./services.ts";

/**
 * Shows the program on the terminal, or for a screen reader asks question after question. A preset opens at its review.
 * @throws InstallerError `preset-invalid`, `preset-unreadable`, before anything is shown
 */
export async function showScreen(
  context: CommandContext,
  { preset, color, ascii, screenReader }: AppearanceOptions & { readonly preset?: string } = {},
): Promise<number> {
  const load =
    preset === undefined ? undefined : await (await import("./load-draft.ts")).loadDraft(preset, context.signal);
  const appearance = detectAppearance(process.env, { colour: color, ascii, screenReader });
  const first: Trail =
    load === undefined ? [{ screen: "home" }] : [{ screen: "home" }, { screen: "wizard" }, { screen: "review" }];
  const start = { services: servicesFor(context), first, ...(load === undefined ? {} : { load }) };
  return appearance.screenReader ? speak(start, context) : draw(start, appearance, context);
}

type Start = Pick<ScreenOptions, "services" | "first" | "load">;

/** Everything goes out where questions do and at once, so that it is heard in the order in which it was said. */
async function speak(start: Start, { inform, signal, stop }: CommandContext): Promise<number> {
  const { ask } = await import("../ask.ts");
  const { openSpoken } = await import("../../ui/spoken/open-spoken.ts");
  return openSpoken({ ...start, voice: { ask, print: inform, signal }, stop });
}

/** Ink reads from the environment whether there are colours when it is loaded, and knows nothing of NO_COLOR. */
async function draw(start: Start, appearance: Appearance, context: CommandContext): Promise<number> {
  process.env.FORCE_COLOR = appearance.colour ? (process.env.FORCE_COLOR ?? "3") : "0";
  const { openScreen } = await import("../../ui/open-screen.tsx");
  const { exitCode, closing, keptOutput } = await openScreen({
    ...start,
    appearance,
    streams: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
    signal: context.signal,
    stop: context.stop,
  });
  for (const line of closing) context.print(line);
  for (const text of keptOutput) process.stderr.write(text);
  return exitCode;
}
