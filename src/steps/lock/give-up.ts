import { toInstallerError } from "../../engine/errors.ts";
import { formatDuration } from "../../engine/time.ts";
import type { LockTimes } from "./cluster-lock.ts";

export interface GiveUpOptions {
  readonly node: string;
  readonly times: LockTimes;
  readonly inform: (line: string) => void;
}

/** Gives the lock up. Never throws: what could not be given up is explained. */
export async function giveUp({ node, times, inform }: GiveUpOptions, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (thrown) {
    inform(
      `The lock on ${node} could not be given up (${toInstallerError(thrown).message}). The next run from this ` +
        `machine takes it over at once, one from elsewhere after ${formatDuration(times.silence + times.watch)}.`,
    );
  }
}
