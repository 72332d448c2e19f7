/** A held lock. */
export interface ClusterLock {
  /** Aborted with an error `locked` when another run took the lock away; nothing may be changed any more. */
  readonly lost: AbortSignal;
  /**
   * Settles once the cluster's Lease is this run's as well, or there is no API to ask; before that nothing may be changed.
   * @throws InstallerError `locked` while another run holds it
   */
  readonly leased: Promise<void>;
  /** Gives the lock up; also after the run was aborted. Never throws: what could not be given up is explained. */
  release(): Promise<void>;
}

/** Milliseconds that decide whether a holder lives. */
export interface LockTimes {
  /** Between two signs of life. */
  readonly heartbeat: number;
  /** Without a sign of life for so long, the holder is suspected to be dead. */
  readonly silence: number;
  /** So long a suspect is watched before its lock is taken over; longer than `heartbeat`, so clocks do not matter. */
  readonly watch: number;
  /** A command about the lock is answered within it, or the node counts as gone; much shorter than `silence`. */
  readonly answer: number;
}
