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
const tooSmall = { columns: 40, rows: 15 };

describe.each(scenes.filter(({ id }) => ids.includes(id)))("$id", (scene) => {
  let stage: Stage | undefined;
  afterEach(() => stage?.close());
  const picture = (form: string) => `__snapshots__/${scene.id}-${form}.txt`;
  const file = ({ columns, rows }: { columns: number; rows: number }) => picture(`${columns}x${rows}`);

  test("is as reviewed in every size, and says so where it cannot be shown", async () => {
    stage = await scene.play({ size: wide });
    await stage.looksLike(file(wide));
    for (const size of sizes) {
      await stage.resize(size.columns, size.rows);
      await stage.looksLike(file(size));
      expect(stage.screen().split("\n").length).toBeLessThan(size.rows);
    }
    for (const size of [tooSmall, wide]) {
      await stage.resize(size.columns, size.rows);
      await stage.looksLike(file(size));
    }
  });

  test("says the same without colours", async () => {
    stage = await scene.play({ size: { columns: 80, rows: 24 }, appearance: { colour: false } });
    await stage.looksLike(picture("no-colour"));
    const { active } = stage.terminal.buffer;
    const lines = Array.from({ length: 24 }, (_, row) => active.getLine(row));
    const cells = lines.flatMap((line) => Array.from({ length: 80 }, (_, column) => line?.getCell(column)));
    expect(cells.every((cell) => cell === undefined || (cell.isFgDefault() && cell.isBgDefault()))).toBe(true);
  });
});
