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

/**
 * Ink reads the environment when it is loaded: whether there are colours, without knowing NO_COLOR, and whether it runs
 * in CI, where it draws nothing and even `CI=` counts. Both have been decided by now.
 */
function tellInk({ colour }: Appearance): void {
  process.env.FORCE_COLOR = colour ? (process.env.FORCE_COLOR ?? "3") : "0";
  process.env.CI = "false";
  process.env.CONTINUOUS_INTEGRATION = "false";
}

type Start = Pick<ScreenOptions, "services" | "first" | "load">;

/** Everything goes out where questions do and at once, so that it is heard in the order in which it was said. */
async function speak(start: Start, { inform, signal, stop }: CommandContext): Promise<number> {
  const { keyboard } = await import("./typed-lines.ts");
  const { openSpoken } = await import("../../ui/spoken/open-spoken.ts");
  return openSpoken({ ...start, voice: { ...keyboard(), print: inform, signal, stop } });
}

async function draw(start: Start, appearance: Appearance, context: CommandContext): Promise<number> {
  tellInk(appearance);
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
