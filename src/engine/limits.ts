/** How much a run does at once, over all nodes together. */
export interface Limits {
  /** Machines that are logged in to at the same time; connections that are open already do not count. */
  readonly connections: number;
  /** Large files that travel from this machine at the same time. */
  readonly uploads: number;
  /** Steps that run at the same time, among them those that wait for an upload. */
  readonly steps: number;
}

/** What suits most places; an operator changes it with the `--concurrent-…` options. */
export const defaultLimits: Limits = {
  /** A login costs this machine's CPU a key exchange, so more would only wait for it; through one bastion there are fewer. */
  connections: 20,
  /** Enough to fill a line although each node unpacks while it receives; more would only share the same line. */
  uploads: 16,
  /** A step costs this machine little, as it waits for its node; more at once would strain mirrors and registries. */
  steps: 64,
};
