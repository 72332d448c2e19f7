import type { Reporter } from "../report/reporter.ts";

/** Puts what is said about an interrupted run into the run that follows it, and so into its journal. */
export function noteStory(story: string | undefined, reporter: Reporter): void {
  if (story !== undefined) reporter.emit({ type: "diagnostic", level: "info", message: story });
}
