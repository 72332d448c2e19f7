import { InstallerError } from "../engine/errors.ts";

/** One thing wrong with a bundle, and the file in it that has it. */
export interface BundleFault {
  /** Path in the bundle; `bundle.yaml` when the manifest itself is wrong. */
  readonly path: string;
  /** What is wrong, without a full stop. */
  readonly problem: string;
}

/** The error for a bundle that must not be used, naming every fault at once. */
export function bundleInvalid(bundle: string, faults: readonly BundleFault[], cause?: unknown): InstallerError {
  const count = faults.length === 1 ? "a fault" : `${faults.length} faults`;
  return new InstallerError("bundle-invalid", {
    message: listFaults(`The bundle ${bundle} has ${count}:`, faults),
    likelyCause: "It was copied incompletely, changed after it was made, or made for other machines.",
    nextSteps: [
      "copy the bundle again from where it was made, then run `kube-installer bundle verify PATH`",
      "make it anew with `kube-installer bundle create --version V --binaries DIR --images DIR --out PATH`",
    ],
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The error for files no bundle can be made of, naming everything unfit at once. */
export function filesUnfit(faults: readonly BundleFault[]): InstallerError {
  return new InstallerError("bundle-invalid", {
    message: listFaults("No bundle can be made of these files:", faults),
    nextSteps: ["see docs/bundle.md for what the two directories have to hold"],
  });
}

function listFaults(headline: string, faults: readonly BundleFault[]): string {
  return [headline, ...faults.map((fault) => `  ${formatFault(fault)}`)].join("\n");
}

function formatFault({ path, problem }: BundleFault): string {
  return `${printable(path)}: ${problem}`;
}

/** A name from an untrusted archive without anything a terminal would act on. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, "?");
}
