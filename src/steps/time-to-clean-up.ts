import { InstallerError } from "../engine/errors.ts";
import { seconds } from "../engine/time.ts";
import { onAbort } from "../ssh/or-abort.ts";

/**
 * Lets a step take away what it made for its own use also after it was ended: for half a minute when its time was over,
 * for a second when the operator aborted it, because somebody who pressed Ctrl-C twice waits for it.
 * @throws InstallerError `deadline-exceeded` when that does not do
 */
export async function withTimeToCleanUp<T>(step: AbortSignal, use: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const end = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const forget = onAbort(step, () => {
    const patience = isDeadline(step.reason) ? seconds(30) : seconds(1);
    timer = setTimeout(() => end.abort(notCleanedUp()), patience);
  });
  try {
    return await use(end.signal);
  } finally {
    forget();
    clearTimeout(timer);
  }
}

function isDeadline(reason: unknown): boolean {
  return reason instanceof Error && reason.name === "TimeoutError";
}

function notCleanedUp(): InstallerError {
  return new InstallerError("deadline-exceeded", {
    message: "What the step made for its own use could not be taken away in time; the next run does that.",
  });
}
