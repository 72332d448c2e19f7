import type { RunRequest } from "../services.ts";

/** The request of a run once more: what an interrupted run made was taken away already, and the lock is broken once. */
export function requestToTryAgain(request: RunRequest): RunRequest {
  const { startOver: _, breakLock: __, ...again } = request;
  return again;
}
