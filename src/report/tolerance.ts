/** Runs what may fail without stopping the run; returns whether it succeeded. */
export type Attempt = (act: () => void) => boolean;

export interface Tolerance {
  readonly attempt: Attempt;
  /** Whether everything has succeeded so far. */
  readonly isWhole: () => boolean;
}

/** Lets a run go on when its record cannot be written, most often for want of disk space, and says so once. */
export function tolerance(folder: string, inform: (line: string) => void): Tolerance {
  let failed = false;
  return {
    attempt: (act) => {
      try {
        act();
        return true;
      } catch (thrown) {
        if (!failed) inform(cannotRecord(folder, thrown));
        failed = true;
        return false;
      }
    },
    isWhole: () => !failed,
  };
}

/** What the operator is told when a run goes on without its record. */
export function cannotRecord(folder: string, thrown: unknown): string {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return `warning: the record of this run in ${folder} cannot be written (${reason}); the run goes on, its record has gaps.`;
}
