import { keyLabel } from "../../src/ui/keys/hints.ts";
import { type Binding, type KeyPlace, keyTable } from "../../src/ui/keys/key-table.ts";

/** What each place of the key table is to somebody who reads about it. */
const headings: Readonly<Record<KeyPlace, string>> = {
  list: "In lists",
  choices: "Where one answer is chosen",
  text: "While typing",
  form: "In the sections of the wizard",
  machines: "In the list of machines",
  wizard: "In the wizard",
  home: "At the start",
  review: "In the review",
  run: "While a run is shown",
  ended: "When a run is over",
  failure: "Where it is told what failed",
  tasks: "In the list of steps",
  nodes: "In the list of nodes",
  log: "In the log",
  overlay: "In the help and other texts on top",
  screen: "On every screen but the first",
  everywhere: "Everywhere",
};

/** Every key of the screen, place after place. */
export function keyTables(): string {
  return Object.entries(keyTable)
    .map(([place, commands]) => {
      const rows = Object.values<Binding>(commands).map(
        ({ keys, does }) => `| ${keys.map(written).join(" ")} | ${does} |`,
      );
      return [`## ${headings[place as KeyPlace]}`, "", "| key | lets you |", "| --- | --- |", ...rows].join("\n");
    })
    .join("\n\n");
}

function written(key: string): string {
  return `\`${keyLabel(key)}\``;
}
