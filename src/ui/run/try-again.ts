import type { Foreseen, RunRequest } from "../services.ts";
import type { FailureAnswer } from "./outcome.ts";

/** The request of a run once more: what an interrupted run made was taken away already, and the lock is broken once. */
export function requestToTryAgain(request: RunRequest): RunRequest {
  const { startOver: _, breakLock: __, ...again } = request;
  return again;
}

/** What an answer to a failure asks for, when it asks for another run: without the node that failed, or by force. */
export function requestAfter(
  answer: FailureAnswer,
  { request, foreseen }: { readonly request: RunRequest; readonly foreseen: Foreseen },
  node: string | undefined,
): RunRequest | undefined {
  const again = requestToTryAgain(request);
  switch (answer) {
    case "retry":
      return again;
    case "break-lock":
      return { ...again, breakLock: true };
    case "skip": {
      const before = again.only ?? foreseen.nodes.map(({ name }) => name);
      return { ...again, only: before.filter((name) => name !== node) };
    }
    default:
      return undefined;
  }
}
