/** What a run says of itself at its end. */
export interface Summary {
  readonly outcome: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly setAside: readonly string[];
}

/** The last line of a run's NDJSON. */
export function summaryOf(stdout: string): Summary {
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}
