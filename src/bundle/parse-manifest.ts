import { dump, load } from "js-yaml";
import { z } from "zod";
import type { BundleFault } from "./bundle-fault.ts";
import type { BundleManifest } from "./manifest.ts";

/** Name of the manifest in every bundle. */
export const manifestName = "bundle.yaml";

const apiVersion = "kube-installer/v1";

/** One file name below `bin/` or `images/`: nothing that could lead elsewhere. */
const memberPath = (folder: "bin" | "images") =>
  z.string().regex(new RegExp(`^${folder}/[A-Za-z0-9_][A-Za-z0-9_.+-]*$`), `must be ${folder}/ and a plain file name`);

const digest = {
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"),
  bytes: z.int().nonnegative(),
};

const schema = z.strictObject({
  apiVersion: z.literal(apiVersion),
  kind: z.literal("Bundle"),
  version: z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, "must be a version such as 1.20.2, without v"),
  architecture: z.string().min(1),
  binaries: z.array(z.strictObject({ name: z.string().min(1), path: memberPath("bin"), ...digest })),
  images: z.array(z.strictObject({ names: z.array(z.string()).min(1), path: memberPath("images"), ...digest })),
  standIns: z.array(z.strictObject({ name: z.string(), note: z.string() })),
});

export type ParsedManifest =
  | { readonly manifest: BundleManifest; readonly faults?: never }
  | { readonly manifest?: never; readonly faults: readonly BundleFault[] };

/** Reads the text of a bundle.yaml, or says everything that is wrong with it. */
export function parseManifest(text: string): ParsedManifest {
  let document: unknown;
  try {
    document = load(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    return { faults: [{ path: manifestName, problem: `is not YAML: ${reason}` }] };
  }
  const version = z.object({ apiVersion: z.unknown() }).safeParse(document);
  if (version.success && version.data.apiVersion !== apiVersion) {
    const found = JSON.stringify(version.data.apiVersion) ?? "nothing";
    return { faults: [{ path: manifestName, problem: `apiVersion is ${found}; this program reads ${apiVersion}` }] };
  }
  const parsed = schema.safeParse(document);
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.map(({ path, message }) => ({
        path: manifestName,
        problem: `${path.join(".") || "the document"}: ${message}`,
      })),
    };
  }
  const faults = repeatedPaths(parsed.data);
  return faults.length > 0 ? { faults } : { manifest: parsed.data };
}

/** The text of bundle.yaml for a manifest. */
export function formatManifest(manifest: BundleManifest): string {
  return dump(manifest, { lineWidth: 120, noRefs: true });
}

function repeatedPaths({ binaries, images }: BundleManifest): BundleFault[] {
  const seen = new Set<string>();
  return [...binaries, ...images].flatMap(({ path }) => {
    if (!seen.has(path)) {
      seen.add(path);
      return [];
    }
    return [{ path: manifestName, problem: `names ${path} twice` }];
  });
}
