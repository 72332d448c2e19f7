import { setTimeout as delay } from "node:timers/promises";
import type { RunEvent } from "../../../src/engine/events.ts";
import { type ReviewEntry, review } from "../../../src/engine/review.ts";
import type { Foreseen } from "../../../src/ui/services.ts";

/** Enough steps for a node that changes ten times a second for as long as is measured. */
export const stepsPerNode = Array.from({ length: 130 }, (_, index) => `os.step-${String(index + 1).padStart(3, "0")}`);
const linesPerSecond = 10_000;
const tick = 10;

/** A plan in which each step of a node needs the one before. */
export function planOf(nodes: readonly string[]): Foreseen {
  const entries = nodes.flatMap((node) =>
    stepsPerNode.map((step, index): ReviewEntry => {
      const before = stepsPerNode[index - 1];
      const needs = before === undefined ? [] : [`${before}@${node}`];
      return { key: `${step}@${node}`, step, title: titleOf(step), node, kind: "create", saw: "", needs };
    }),
  );
  return { nodes: nodes.map((name) => ({ name, roles: ["worker"] })), review: review(entries) };
}

/** Events as a run with these nodes would tell them; `say` changes the word that every line contains. */
export function createLoad(nodes: readonly string[], emit: (event: RunEvent) => void, firstWord: string) {
  let word = firstWord;
  let changes = 0;
  let lines = 0;
  const change = (): void => {
    const node = nodes[changes % nodes.length] ?? "";
    const round = Math.floor(changes / nodes.length);
    changes += 1;
    const step = stepsPerNode[Math.floor(round / 2)];
    if (step === undefined) throw new Error("The plan has too few steps for this load.");
    const place = { step, title: titleOf(step), node };
    if (round % 2 === 0) emit({ type: "step-started", ...place });
    else emit({ type: "step-finished", ...place, outcome: "changed", message: "as wanted", durationMs: 100 });
  };
  const line = (): void => {
    const node = nodes[lines % nodes.length] ?? "";
    lines += 1;
    const step = stepsPerNode[0] ?? "";
    const text = `${word} ${lines}: Unpacking conntrack (1:1.4.7-1+b2) over the one that was there before, all in order`;
    emit({ type: "step-output", step, title: titleOf(step), node, line: text });
  };
  return {
    say: (next: string): void => {
      word = next;
    },
    play: async ({ changesPerSecond }: { changesPerSecond: number }, milliseconds: number): Promise<void> => {
      const started = performance.now();
      const told = { changes: 0, lines: 0 };
      for (let elapsed = 0; elapsed < milliseconds; elapsed = performance.now() - started) {
        for (; told.changes < (elapsed / 1000) * changesPerSecond * nodes.length; told.changes++) change();
        for (; told.lines < (elapsed / 1000) * linesPerSecond; told.lines++) line();
        await delay(tick);
      }
    },
  };
}

function titleOf(step: string): string {
  return `Do what ${step} is for`;
}
