import type { InterruptedRun } from "../report/interrupted-run.ts";

/** What can be done about an interrupted run. */
export type WayOn = "resume" | "start-over" | "inspect";

/** A way on as it is offered: what is typed, and what it does. */
export interface Offer {
  readonly way: WayOn;
  readonly label: string;
  readonly does: string;
}

const inspect: Offer = { way: "inspect", label: "inspect", does: "tell again what that run did, then ask again" };

/**
 * What a person can choose when a command meets an interrupted run, the usual way first; nothing when there is no
 * choice, as for an install after half a destroy. A run limited to some nodes must not take away all of them.
 */
export function waysOn(
  command: "install" | "destroy",
  interrupted: Pick<InterruptedRun, "command" | "completeBefore">,
  { limited = false }: { readonly limited?: boolean } = {},
): readonly Offer[] {
  if (command === "destroy") {
    return [{ way: "resume", label: "go on", does: "take away whatever is on the nodes" }, inspect];
  }
  if (interrupted.command === "destroy") return [];
  const resume: Offer = { way: "resume", label: "resume", does: "go on from what is on the nodes" };
  return limited ? [resume, inspect] : [resume, startOver(interrupted), inspect];
}

function startOver({ completeBefore }: Pick<InterruptedRun, "completeBefore">): Offer {
  const whole =
    completeBefore === undefined ? "what is there" : "the whole cluster, which was complete before that run,";
  return { way: "start-over", label: "start over", does: `take away ${whole} as \`destroy\` does, then install` };
}

/** The offer an answer means: its label or the beginning of it, nothing for the first; undefined when it is none. */
export function meantBy(answer: string, offers: readonly Offer[]): Offer | undefined {
  const typed = answer.toLowerCase().replaceAll(/[\s-]+/g, " ");
  return offers.find(({ label }) => label.startsWith(typed));
}

/** What happens now, as the second half of what is said about the interrupted run. */
export function consequence(command: "install" | "destroy", interrupted: Pick<InterruptedRun, "command">): string {
  if (command === interrupted.command) return "This run goes on from what is on the nodes.";
  return command === "destroy"
    ? "This run takes away what it left on the nodes."
    : "This run installs anew whatever it took away.";
}
