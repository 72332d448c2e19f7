import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "../../../../src/ui/state/store.ts";
import * as judging from "../../../../src/ui/wizard/judge.ts";
import { machinesPath } from "../../../../src/ui/wizard/machines/machines.ts";
import { settledJudgement } from "../../../../src/ui/wizard/machines/settled-judgement.ts";
import { newWizard, reduceWizard } from "../../../../src/ui/wizard/wizard-state.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(judging, "judge");
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const wizardWith = (count: number) => {
  const nodes = Array.from({ length: count }, (_, at) => ({ address: `10.0.${at >> 7}.${(at & 127) + 1}` }));
  const wizard = createStore(reduceWizard, newWizard);
  wizard.dispatch({ type: "put", path: machinesPath, value: nodes });
  return wizard;
};

test("a short list is judged at once, and once", () => {
  const settled = settledJudgement(wizardWith(3));
  expect(settled.get().stale).toBe(false);
  expect(settled.get()).toBe(settled.get());
  expect(judging.judge).toHaveBeenCalledTimes(1);
});

test("a long list is judged when it was left alone for a while, and looking at it again judges nothing", () => {
  const wizard = wizardWith(1000);
  const settled = settledJudgement(wizard);
  const told = vi.fn();
  const stop = settled.subscribe(told);
  for (const port of [2, 22, 222]) {
    wizard.dispatch({ type: "set", path: [...machinesPath, 7, "ssh", "port"], value: port });
    expect(settled.get().stale).toBe(true);
    vi.advanceTimersByTime(100);
  }
  expect(judging.judge).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(judging.judge).toHaveBeenCalledTimes(1);
  expect(told).toHaveBeenCalledTimes(4);
  expect(settled.get().stale).toBe(false);
  expect(settled.get().judged.findings.length).toBeGreaterThan(0);
  for (let look = 0; look < 100; look += 1) settled.get();
  expect(judging.judge).toHaveBeenCalledTimes(1);
  wizard.dispatch({ type: "set", path: [...machinesPath, 7, "ssh", "port"], value: 23 });
  stop();
  vi.advanceTimersByTime(1000);
  expect(judging.judge).toHaveBeenCalledTimes(1);
});
