import { checkPresetValue } from "./check-preset.ts";
import { formatPath } from "./path.ts";

/** Something only the operator can know. */
export interface MissingAnswer {
  /** The key that holds it in a preset: `metadata.name`. */
  readonly key: string;
  /** An example, ready for a sentence. */
  readonly hint: string;
}

/** What even the shortest preset must say: everything that has no default. */
export function missingAnswers(): readonly MissingAnswer[] {
  const { findings } = checkPresetValue({ apiVersion: "kube-installer/v1", kind: "Cluster", metadata: {}, spec: {} });
  return findings.map(({ path, hint = "" }) => ({ key: formatPath(path), hint }));
}
