import type { RunEvent } from "../../engine/events.ts";
import { printable, printableValue } from "../state/printable-value.ts";

/** An event fit for the screen; what is told thousands of times a second holds little that a machine has said. */
export function printableEvent(event: RunEvent): RunEvent {
  if (event.type === "step-started") return event;
  if (event.type === "step-output") return { ...event, line: printable(event.line) };
  return printableValue(event);
}
