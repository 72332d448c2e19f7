import { afterEach, describe, expect, test } from "vitest";
import { scenes } from "../tour/scenes.ts";
import type { Stage } from "../tour/stage.tsx";

/** The screens that have no reviewable pictures of their own elsewhere. */
const ids = ["home", "review", "question", "run", "failure", "finish", "cluster", "help", "host-key"];
const wide = { columns: 120, rows: 40 };
const sizes = [
  { columns: 80, rows: 24 },
  { columns: 60, rows: 15 },
];

/** Another size, drawn to the end. */
async function resized(stage: Stage, { columns, rows }: { columns: number; rows: number }): Promise<string> {
  const drawn = new Promise<void>((resolve) => {
    const listening = stage.terminal.onWriteParsed(() => {
      listening.dispose();
      resolve();
    });
  });
  await stage.resize(columns, rows);
  await drawn;
  await stage.quiet();
  return stage.screen();
}

describe.each(scenes.filter(({ id }) => ids.includes(id)))("$id", (scene) => {
  let stage: Stage | undefined;
  afterEach(() => stage?.close());
  const file = (form: string) => `__snapshots__/${scene.id}-${form}.txt`;

  test("is as reviewed in every size, and says so where it cannot be shown", async () => {
    stage = await scene.play({ size: wide });
    await stage.quiet();
    await expect(stage.screen()).toMatchFileSnapshot(file("120x40"));
    for (const size of sizes) {
      const screen = await resized(stage, size);
      expect(screen.split("\n").length).toBeLessThan(size.rows);
      await expect(screen).toMatchFileSnapshot(file(`${size.columns}x${size.rows}`));
    }
    const tooSmall = { columns: 40, rows: 15 };
    await expect(await resized(stage, tooSmall)).toMatchFileSnapshot(file("40x15"));
    await expect(await resized(stage, wide)).toMatchFileSnapshot(file("120x40"));
  });

  test("says the same without colours", async () => {
    stage = await scene.play({ size: { columns: 80, rows: 24 }, appearance: { colour: false } });
    await stage.quiet();
    const { active } = stage.terminal.buffer;
    const lines = Array.from({ length: 24 }, (_, row) => active.getLine(row));
    const cells = lines.flatMap((line) => Array.from({ length: 80 }, (_, column) => line?.getCell(column)));
    expect(cells.every((cell) => cell === undefined || (cell.isFgDefault() && cell.isBgDefault()))).toBe(true);
    await expect(stage.screen()).toMatchFileSnapshot(file("no-colour"));
  });
});
