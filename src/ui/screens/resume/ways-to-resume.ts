import type { Place } from "../../app/place.ts";
import type { KnownCluster, RunRequest } from "../../services.ts";

/** A way on from a run that was broken off, and where it leads. */
export interface WayToResume {
  readonly id: "resume" | "start-over" | "inspect";
  readonly label: string;
  readonly note: string;
  readonly danger?: boolean;
  readonly place: Place;
}

/** What can be done about an interrupted run; going on, the usual way, comes first. */
export function waysToResume({ name, presetFile, lastRun }: KnownCluster): readonly WayToResume[] {
  const destroying = lastRun?.command.startsWith("destroy") === true;
  const request = (changes: Partial<RunRequest> = {}): Place => ({
    screen: "review",
    request: {
      command: destroying ? "destroy" : "install",
      cluster: name,
      presetFile: presetFile ?? "",
      ...changes,
    },
  });
  return [
    ...(presetFile === undefined
      ? []
      : [{ id: "resume", label: "Resume", note: "review what is left to do, then go on", place: request() } as const]),
    ...(presetFile === undefined || destroying
      ? []
      : [
          {
            ...({ id: "start-over", label: "Start over", danger: true } as const),
            note: "take away what it made, then install anew",
            place: request({ startOver: true }),
          },
        ]),
    {
      ...({ id: "inspect", label: "Inspect", note: "read what it did" } as const),
      place: { screen: "runs", cluster: name, ...(lastRun === undefined ? {} : { run: lastRun }) },
    },
  ];
}
