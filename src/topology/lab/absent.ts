/** Takes "there is no such file" as undefined; a control group that just went away says ENODEV. */
export function ignoreAbsent(thrown: unknown): undefined {
  if (hasCode(thrown, "ENOENT") || hasCode(thrown, "ENODEV")) return undefined;
  throw thrown;
}

/** Whether the system gave this error code. */
export function hasCode(thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof Error && "code" in thrown && codes.some((code) => thrown.code === code);
}
