import type { RunEvent } from "../engine/events.ts";

/** A place events go to: the terminal as lines, standard output as JSON, a file. */
export interface Reporter {
  emit(event: RunEvent): void;
  /** Nothing more will come; frees timers and flushes. */
  end(): void;
}
