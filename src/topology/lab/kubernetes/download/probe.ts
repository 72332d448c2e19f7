import { seconds } from "../../../../engine/time.ts";
import type { DownloadSources } from "./sources.ts";

/** Whether the places Kubernetes is published at can be reached from here; takes four seconds at most. */
export async function canDownload(sources: DownloadSources, signal: AbortSignal): Promise<boolean> {
  const urls = [`${sources.binaries}/release/stable.txt`, `${sources.registry("registry.k8s.io")}/v2/`];
  const answers = await Promise.all(urls.map((url) => answersAt(url, signal)));
  signal.throwIfAborted();
  return answers.every(Boolean);
}

async function answersAt(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(seconds(4))]) });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}
