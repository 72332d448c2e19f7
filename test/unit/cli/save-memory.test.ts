import { execFileSync } from "node:child_process";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";

/** Keeps the last objects of very many and prints how many bytes the heap had at the most. */
const churn = `
  const kept = [];
  let most = 0;
  for (let count = 0; count < 1_500_000; count++) {
    kept[count % 200_000] = { name: "object " + count, parts: [count, count + 1] };
    if (count % 5_000 === 0) most = Math.max(most, process.memoryUsage().heapTotal);
  }
  console.log(most);
`;

test("a heap of which little is in use stays smaller", () => {
  const usual = mostHeap(churn);
  const saving = mostHeap(`import { saveMemory } from "./src/cli/save-memory.ts"; saveMemory(); ${churn}`);
  expect(saving).toBeLessThan(0.85 * usual);
});

/** A heap limit of 4 GB is what V8 chooses where there is much memory; where there is little it saves by itself. */
function mostHeap(script: string): number {
  const { outputFiles } = buildSync({
    stdin: { contents: script, resolveDir: process.cwd() },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  const program = outputFiles[0]?.text ?? "";
  const args = ["--max-old-space-size=4096", "--input-type=module", "--eval", program];
  return Number(execFileSync(process.execPath, args, { encoding: "utf8" }));
}
