// node scripts/tour/trim-journal.mjs JOURNAL: a run's journal as test/ui/tour shows it: the events with their times, of
// each step's output the last lines, and nothing of the machine the program ran on.
import { readFile } from "node:fs/promises";

const kept = 6;
const clusterFolder = "/home/ann/.local/state/kube-installer/clusters/demo";
const [file] = process.argv.slice(2);
const events = (await readFile(file, "utf8"))
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line))
  .filter(({ type }) => type !== "journal" && type !== "gap" && type !== "diagnostic");
const place = ({ step, node }) => `${step}@${node ?? ""}`;
const isOutput = ({ type }) => type === "step-output";
const later = (event, index) =>
  events.slice(index + 1).filter((other) => isOutput(other) && place(other) === place(event)).length;
const isOfHere = ({ line = "" }) => line.trim() === "" || /^wrote |\/(tmp|home|root)\//.test(line);
for (const [index, event] of events.entries()) {
  if (isOutput(event) && (isOfHere(event) || later(event, index) >= kept)) continue;
  console.log(JSON.stringify(event).replace(/\/[^" ]*\/kube-installer\/clusters\/[^/"]+/g, clusterFolder));
}
