import { expect, test } from "vitest";
import type { Terminal } from "./terminal.ts";
import { terminal } from "./terminal-test.ts";

const { start } = terminal();

const toTheWizard = async (window: Terminal): Promise<void> => {
  await window.shows("What would you like to do?");
  await window.press("Enter");
  await window.shows("p preset");
};

/** Twenty sizes from the smallest to a large one, up and down. */
const sizes = Array.from({ length: 20 }, (_, at) => {
  const part = ((at * 7) % 20) / 19;
  return { columns: Math.round(60 + 80 * part), rows: Math.round(15 + 35 * (1 - part)) };
});

test("twenty sizes in a row leave nothing behind that a fresh start does not show", async () => {
  const stormed = await start([]);
  await toTheWizard(stormed);
  for (const { columns, rows } of sizes) await stormed.resize(columns, rows);
  for (const { columns, rows } of [
    { columns: 60, rows: 15 },
    { columns: 140, rows: 50 },
    { columns: 97, rows: 31 },
  ]) {
    await stormed.resize(columns, rows);
    const fresh = await start([], { columns, rows });
    await toTheWizard(fresh);
    await stormed.becomes(await fresh.settles());
  }
});

test("a window that is too small says so, and comes back with everything as it was", async () => {
  const window = await start([]);
  await toTheWizard(window);
  await window.press("Down");
  await window.shows(/❯ . Topology/);
  const before = await window.settles();
  await window.resize(40, 10);
  await window.shows("Enlarge to 60x15 (now 40x10)");
  await window.resize(80, 24);
  await window.becomes(before);
  expect(await window.alternateScreen()).toBe(true);
});

test("what stood on the terminal before is there again after the storm", async () => {
  const window = await start([]);
  await toTheWizard(window);
  for (const { columns, rows } of sizes) await window.resize(columns, rows);
  await window.resize(80, 24);
  await window.shows("Review and install");
  await window.press("C-c", "C-c");
  expect(await window.exitCode()).toBe(130);
  expect(await window.screen()).toBe("lines from before");
});
