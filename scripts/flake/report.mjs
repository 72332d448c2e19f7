// What repeated runs found, as a table: which test failed how often, with the command that shows it again.

/** @param {{ runs: number, done: number, tests: number, seconds: number, failures: { test: string, seed: number, message: string, details?: string, command: string }[] }} report */
export function printReport({ runs, done, tests, seconds, failures }) {
  const time = `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, "0")} s`;
  const byTest = grouped(failures);
  console.log(`${done} of ${runs} runs, ${tests} tests in all, ${failures.length} failures, ${time}`);
  const rows = [...byTest.entries()].sort(([, left], [, right]) => right.length - left.length);
  if (rows.length === 0) return;
  console.log("\nFAILED  TEST");
  for (const [test, found] of rows) {
    const [{ message, details, command }] = found;
    console.log(`${String(found.length).padStart(6)}  ${test}`);
    console.log(`        ${message}`);
    for (const line of details?.split("\n") ?? []) console.log(`          ${line}`);
    console.log(`        seeds ${found.map(({ seed }) => seed).join(", ")}; again: ${command}`);
  }
}

function grouped(failures) {
  const groups = new Map();
  for (const failure of failures) groups.set(failure.test, [...(groups.get(failure.test) ?? []), failure]);
  return groups;
}
