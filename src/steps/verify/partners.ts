import type { TestPod } from "./traffic.ts";

/** How many others each test pod visits; enough for every pair in small clusters, and no square growth in large ones. */
const most = 4;

/** The test pods the given one visits: the next ones in a ring, so that each is also visited. */
export function partnersOf(pod: TestPod, pods: readonly TestPod[]): readonly TestPod[] {
  const start = pods.indexOf(pod);
  const others = [...pods.slice(start + 1), ...pods.slice(0, start)];
  return others.slice(0, most);
}
