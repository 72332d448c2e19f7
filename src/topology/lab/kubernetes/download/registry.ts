import { createHash } from "node:crypto";
import { z } from "zod";
import type { ImageName } from "../../../../kubernetes/images.ts";
import { fetchDocument, fetchFile, type Request, unavailable } from "./http.ts";

/** One repository of a registry, asked through its HTTP API. */
export interface Repository {
  /** The manifest of the image for linux on that architecture, its digest checked. */
  manifest(tag: string, architecture: string): Promise<ImageManifest>;
  /** A small blob, e.g. an image's configuration, its digest checked. */
  blob(digest: string): Promise<Buffer>;
  /** Saves a blob as a file, its digest checked. */
  saveBlob(digest: string, file: string): Promise<void>;
}

const descriptor = z.object({ digest: z.string().regex(/^sha256:[0-9a-f]{64}$/), size: z.number() });
const imageManifest = z.object({ config: descriptor, layers: z.array(descriptor) });
const platform = z.object({ os: z.string(), architecture: z.string() });
const imageIndex = z.object({ manifests: z.array(descriptor.extend({ platform: platform.optional() })) });

export type ImageManifest = z.infer<typeof imageManifest>;

const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/**
 * Opens the repository of an image for reading, without credentials.
 * @param baseUrl e.g. `https://registry.k8s.io`
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull
 */
export function openRepository(baseUrl: string, { repository }: ImageName, signal: AbortSignal): Repository {
  const root = `${baseUrl}/v2/${repository}`;
  const authorization = new Map<string, string>();
  const request = (url: string, accept?: string): Request => {
    const token = authorization.get(new URL(url).origin);
    const headers = {
      ...(accept === undefined ? {} : { accept }),
      ...(token === undefined ? {} : { authorization: token }),
    };
    return { url, headers, signal };
  };

  /**
   * Follows a registry's demand for an anonymous token once; a redirect may lead to a host with a demand of its own.
   */
  async function document(url: string, accept?: string): Promise<Buffer> {
    let { response, body } = await fetchDocument(request(url, accept));
    if (response.status === 401) {
      const target = response.url;
      authorization.set(new URL(target).origin, await anonymousToken(response, signal));
      ({ response, body } = await fetchDocument(request(target, accept)));
    }
    if (!response.ok) throw unavailable(url, `answered ${response.status} ${response.statusText}`);
    const promised = response.headers.get("docker-content-digest");
    if (promised?.startsWith("sha256:") === true) checkDigest(url, body, promised);
    return body;
  }

  async function manifestByDigest(digest: string): Promise<ImageManifest> {
    const url = `${root}/manifests/${digest}`;
    const body = await document(url, manifestTypes);
    checkDigest(url, body, digest);
    return parse(url, body, imageManifest);
  }

  return {
    manifest: async (tag, architecture) => {
      const url = `${root}/manifests/${tag}`;
      const found = parse(url, await document(url, manifestTypes), z.union([imageManifest, imageIndex]));
      if ("config" in found) return found;
      const entry = found.manifests.find(
        (one) => one.platform?.os === "linux" && one.platform.architecture === architecture,
      );
      if (entry === undefined) throw unavailable(url, `has no image for linux on ${architecture}`);
      return manifestByDigest(entry.digest);
    },
    blob: async (digest) => {
      const url = `${root}/blobs/${digest}`;
      const body = await document(url);
      checkDigest(url, body, digest);
      return body;
    },
    saveBlob: (digest, file) => fetchFile(request(`${root}/blobs/${digest}`), file, digest.replace("sha256:", "")),
  };
}

/** @see https://distribution.github.io/distribution/spec/auth/token/ */
async function anonymousToken(response: Response, signal: AbortSignal): Promise<string> {
  const challenge = response.headers.get("www-authenticate") ?? "";
  const fields = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]));
  const realm = fields.get("realm");
  if (!/^bearer /i.test(challenge) || realm === undefined || !URL.canParse(realm, response.url))
    throw unavailable(response.url, "wants credentials");
  const url = new URL(realm, response.url);
  if (url.protocol !== new URL(response.url).protocol) throw unavailable(response.url, `sends for a token to ${realm}`);
  for (const key of ["service", "scope"]) {
    const value = fields.get(key);
    if (value !== undefined) url.searchParams.set(key, value);
  }
  const { response: answer, body } = await fetchDocument({ url: url.href, signal });
  if (!answer.ok) throw unavailable(url.href, `answered ${answer.status} ${answer.statusText}`);
  const found = parse(url.href, body, z.object({ token: z.string().optional(), access_token: z.string().optional() }));
  return `Bearer ${found.token ?? found.access_token ?? ""}`;
}

function checkDigest(url: string, body: Buffer, digest: string): void {
  const found = `sha256:${createHash("sha256").update(body).digest("hex")}`;
  if (found !== digest) throw unavailable(url, `sent a document with digest ${found} instead of ${digest}`);
}

function parse<T>(url: string, body: Buffer, schema: z.ZodType<T>): T {
  let document: unknown;
  try {
    document = JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw unavailable(url, "did not send JSON", cause);
  }
  const parsed = schema.safeParse(document);
  if (!parsed.success) throw unavailable(url, `sent a document of an unknown form: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}
