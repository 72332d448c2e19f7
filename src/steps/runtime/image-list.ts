import type { BundleImage } from "../../bundle/manifest.ts";

/** Marks an image with the sha256 of the archive it was imported from, so that a changed archive is noticed. */
export const archiveLabel = "kube-installer/archive";

/** The labels of each image by its name, out of `ctr images ls`, whose last column holds them. */
export function parseImageList(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split("\n")
      .slice(1)
      .filter((line) => line.trim() !== "")
      .map((line): [string, string] => {
        const columns = line.trim().split(/\s+/);
        return [columns[0] ?? "", columns.at(-1) ?? ""];
      }),
  );
}

/**
 * The archives that hold an image the node lacks, or has from another archive. An image without our mark came from
 * elsewhere, for instance a registry, and counts as the right one.
 */
export function missingImages(wanted: readonly BundleImage[], present: ReadonlyMap<string, string>): BundleImage[] {
  return wanted.filter(({ names, sha256 }) =>
    names.some((name) => {
      const labels = present.get(name);
      return (
        labels === undefined || (labels.includes(`${archiveLabel}=`) && !labels.includes(`${archiveLabel}=${sha256}`))
      );
    }),
  );
}
