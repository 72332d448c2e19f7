import { createSemaphore } from "../ssh/semaphore.ts";
import type { Observation } from "./context.ts";
import { perRun } from "./per-run.ts";

/** How many large files travel from this machine at once, over all nodes; more would only share the same line. */
const atOnce = 16;

const places = perRun(() => createSemaphore(atOnce));

/** Sends a large file as soon as there is a place for it. */
export async function transfer<T>(context: Observation, send: () => Promise<T>): Promise<T> {
  const release = await places(context).acquire(context.signal);
  try {
    return await send();
  } finally {
    release();
  }
}
