// Shared by the benchmarks: medians and one line that sets two figures side by side.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Prints `name: ours 101 ms, theirs 80 ms, ratio 1.26 (goal at most 1.5)`. */
export function printRatio({ name, ours, theirs, baseline, goal, unit = "ms" }) {
  const shown = (value) => `${value.toFixed(unit === "ms" ? 0 : 1)} ${unit}`;
  const ratio = ours / theirs;
  console.log(
    `${name}: ${shown(ours)}, ${baseline}: ${shown(theirs)}, ratio ${ratio.toFixed(2)} (goal: at most ${goal})`,
  );
}
