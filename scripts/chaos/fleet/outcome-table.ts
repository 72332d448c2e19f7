import type { Played } from "../../../test/fleet/chaos/play.ts";
import { type FaultKind, faultKinds } from "../../../test/fleet/chaos/schedule.ts";

const outcomes = ["ok", "partial", "failed", "interrupted", "killed", "hung"] as const;

/** How the runs ended, by what befell them; a schedule with several kinds of faults counts for each. */
export function outcomeTable(played: readonly Played[]): readonly string[] {
  const kinds = Object.keys(faultKinds) as FaultKind[];
  const blows = ["stop", "abort", "kill", "kill-and-move"];
  const rows = [
    ["WHAT HAPPENED", "SCHEDULES", ...outcomes.map((outcome) => outcome.toUpperCase())],
    row("anything", played),
    row(
      "nothing was felt",
      played.filter(({ felt, blow }) => felt.length === 0 && blow === undefined),
    ),
    ...kinds.map((kind) =>
      row(
        faultKinds[kind],
        played.filter(({ felt }) => felt.includes(kind)),
      ),
    ),
    ...blows.map((blow) =>
      row(
        `the run gets ${blow}`,
        played.filter((one) => one.blow === blow),
      ),
    ),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
}

function row(name: string, played: readonly Played[]): string[] {
  const count = (outcome: string): string => String(played.filter((one) => one.outcome === outcome).length);
  return [name, String(played.length), ...outcomes.map(count)];
}

/** What the schedules cost. */
export function resourceLines(played: readonly Played[], elapsed: number): readonly string[] {
  const virtual = played.reduce((sum, { virtualMs }) => sum + virtualMs, 0);
  const cpu = played.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000 / Math.max(1, played.length);
  const heap = Math.max(0, ...played.map((one) => one.heap));
  return [
    `took ${Math.round(elapsed / 1000)} s, ${cpu.toFixed(1)} s of CPU for each schedule with all its runs`,
    `the struck runs lasted ${(virtual / 3_600_000).toFixed(1)} hours by their own clock`,
    `at most ${Math.round(heap / 2 ** 20)} MB in use after a schedule`,
  ];
}
