/** What every part of providing Kubernetes gets: how to say where it is, when to stop, and the lock it works under. */
export interface Work {
  readonly signal: AbortSignal;
  /** One line for the person who waits. */
  readonly progress: (line: string) => void;
  /**
   * File descriptor of the held lock. Commands inherit it, so that a command that outlives this process keeps the next
   * run from touching the same files until it is gone.
   */
  readonly lock?: number;
}
