/** Whether a version such as `1.6.20~ds1-1+deb12u3` or `6.1.0-13-amd64` is `minimum` or newer, by its leading numbers. */
export function atLeast(version: string, minimum: string): boolean {
  const [have, want] = [numbersOf(version), numbersOf(minimum)];
  for (const [index, wanted] of want.entries()) {
    const difference = (have[index] ?? 0) - wanted;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Epoch and leading `v` do not count. */
function numbersOf(version: string): readonly number[] {
  const leading = /^(?:\d+:)?v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? "0";
  return leading.split(".").map(Number);
}
