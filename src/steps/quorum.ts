/**
 * Whether a cluster with these control planes, the first of them first, can be worked on without the lost nodes: the
 * first one is there, through which all work goes, and a majority, without which etcd stores nothing.
 * @see https://etcd.io/docs/v3.5/faq/#what-is-failure-tolerance
 */
export function survives(controlPlanes: readonly string[], lost: ReadonlySet<string>): boolean {
  const [first] = controlPlanes;
  const there = controlPlanes.filter((name) => !lost.has(name)).length;
  return first !== undefined && !lost.has(first) && there > controlPlanes.length / 2;
}
