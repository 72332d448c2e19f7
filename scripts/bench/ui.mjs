// How fast the screen is: its first frame beside the start of Node.js, and the run screen with many nodes under load.
import { measureFirstFrame } from "./ui/first-frame.mjs";
import { measureRunScreen } from "./ui/run-screen.mjs";

const sizes = (process.env.BENCH_UI_NODES ?? "10,100,1000").split(",").map(Number);

export async function measureUi() {
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
  ]) {
    await measureFirstFrame({ columns, rows });
  }
  for (const nodes of sizes) await measureRunScreen(nodes);
}
