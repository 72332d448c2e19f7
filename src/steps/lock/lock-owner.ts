import { z } from "zod";

/** Who holds a cluster: what a second operator is told, and what shows whether the holder is gone. */
export const lockOwnerSchema = z.object({
  user: z.string(),
  host: z.string(),
  pid: z.int(),
  scope: z.string().exactOptional(),
  startTicks: z.string().exactOptional(),
  cluster: z.string(),
  /** The command the operator gave, without its values. */
  command: z.string(),
  /** Name of its record on that host. */
  run: z.string().exactOptional(),
  started: z.iso.datetime(),
});
export type LockOwner = Readonly<z.infer<typeof lockOwnerSchema>>;

/** The holder in words: `ann on ops-1 runs "install" for cluster demo (pid 4242) since 2026-11-21 12:03:11 UTC`. */
export function ownerInWords({ user, host, pid, cluster, command, started }: LockOwner): string {
  const since = started.slice(0, 19).replace("T", " ");
  return `${user} on ${host} runs "${command}" for cluster ${cluster} (pid ${pid}) since ${since} UTC`;
}
