import type { AskingTools, Foreseen, RunRequest } from "../../ui/services.ts";
import { presetFrom } from "../cluster-session.ts";
import type { CommandContext } from "../command-context.ts";
import { foreseePlan } from "../foresee-plan.ts";
import { personAtScreen } from "./person-at-screen.ts";

/** The plan of a command for the screen; see `foreseePlan`. */
export async function foresee(
  { command, presetFile, only }: RunRequest,
  { ask, inform, signal }: AskingTools,
  given: CommandContext,
): Promise<Foreseen> {
  const context = { ...given, interactive: true, person: personAtScreen(ask), inform, signal };
  const spec = await presetFrom(presetFile, context);
  const { document, machines } = await foreseePlan(spec, {
    ...{ goal: command, onPreflight: () => undefined, context },
    ...(only === undefined ? {} : { only }),
  });
  const { review, preflight } = document;
  const nodes = machines.map(({ name, roles }) => ({ name, roles }));
  return { nodes, review, ...(preflight === undefined ? {} : { preflight }) };
}
