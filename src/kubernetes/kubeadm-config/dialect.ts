/** What differs between the versions of kubeadm's configuration, as far as this installer uses it. */
export interface Dialect {
  readonly apiVersion: string;
  /** Additional command line arguments of a component. */
  extraArgs(args: Readonly<Record<string, string>>): unknown;
  /** The parts of a JoinConfiguration that bound how long kubeadm looks for the cluster. */
  discoveryTimeout(duration: string): {
    readonly discovery?: Readonly<Record<string, unknown>>;
    readonly join?: Readonly<Record<string, unknown>>;
  };
}
