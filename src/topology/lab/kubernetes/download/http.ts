import { createHash } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { InstallerError } from "../../../../engine/errors.ts";
import { pipeToFile } from "../../../../engine/pipe-to-file.ts";
import { formatDuration, seconds } from "../../../../engine/time.ts";
import { nameABundle } from "../name-a-bundle.ts";

export interface Request {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Milliseconds without a byte after which a transfer is given up; 30 seconds unless told. */
  readonly patience?: number;
}

const largestDocument = 8 << 20;

/** A response whose body has not been read yet, and its own watch over a stalling transfer. */
interface Transfer {
  readonly response: Response;
  readonly chunks: () => AsyncGenerator<Uint8Array>;
}

/**
 * Fetches a small document.
 * @throws InstallerError `kubernetes-unavailable`
 */
export async function fetchDocument(request: Request): Promise<{ response: Response; body: Buffer }> {
  return transferring(request, async ({ response, chunks }) => {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of chunks()) {
      size += chunk.length;
      if (size > largestDocument) throw unavailable(request.url, "sent far more than was asked for");
      parts.push(chunk);
    }
    return { response, body: Buffer.concat(parts) };
  });
}

/**
 * Fetches a file that must have this digest; it gets its name only when it has.
 * @throws InstallerError `kubernetes-unavailable`
 */
export async function fetchFile(request: Request, file: string, sha256: string): Promise<void> {
  const part = `${file}.part`;
  try {
    await transferring(request, async ({ response, chunks }) => {
      if (!response.ok) throw unavailable(request.url, `answered ${response.status} ${response.statusText}`);
      const hash = createHash("sha256");
      const hashed = async function* () {
        for await (const chunk of chunks()) {
          hash.update(chunk);
          yield chunk;
        }
      };
      await pipeToFile(hashed, part);
      const found = hash.digest("hex");
      if (found !== sha256) throw unavailable(request.url, `sent a file with sha256 ${found} instead of ${sha256}`);
    });
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
}

async function transferring<T>(request: Request, use: (transfer: Transfer) => Promise<T>): Promise<T> {
  const { url, headers = {}, signal, patience = seconds(30) } = request;
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), patience);
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.any([signal, stalled.signal]) });
    const chunks = async function* () {
      for await (const chunk of response.body ?? []) {
        timer.refresh();
        yield chunk;
      }
    };
    return await use({ response, chunks });
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof InstallerError) throw thrown;
    if (stalled.signal.aborted) throw unavailable(url, `sent nothing for ${formatDuration(patience)}`);
    throw unavailable(url, `broke off: ${reasonOf(thrown)}`, thrown);
  } finally {
    clearTimeout(timer);
    stalled.abort();
  }
}

/** What fetch keeps in the cause of its `fetch failed`. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error ? thrown.cause.message : thrown.message;
}

export function unavailable(url: string, what: string, cause?: unknown): InstallerError {
  return new InstallerError("kubernetes-unavailable", {
    message: `${url} ${what}.`,
    nextSteps: ["run the same command again", nameABundle],
    ...(cause === undefined ? {} : { cause }),
  });
}
