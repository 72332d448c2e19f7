import { expect, test, vi } from "vitest";
import type { CommandContext } from "../../../../src/cli/command-context.ts";
import { type InstallOptions, runDefault } from "../../../../src/cli/commands/install.ts";
import { defaultLimits } from "../../../../src/engine/limits.ts";

const shown = vi.hoisted(() => vi.fn(async () => 0));
vi.mock("../../../../src/cli/screen/show-screen.ts", () => ({ showScreen: shown }));

const told = vi.fn();
const context = (interactive: boolean): CommandContext => ({
  signal: new AbortController().signal,
  stop: new AbortController().signal,
  interactive,
  limits: defaultLimits,
  print: () => undefined,
  inform: told,
});
const missing = "/nowhere/demo.yaml";
const start = async (options: Partial<InstallOptions>, interactive = true): Promise<unknown> => {
  shown.mockClear();
  return runDefault({ output: "plain", ...options }, context(interactive));
};

test("on a terminal the screen opens, with a preset at its review", async () => {
  await start({});
  expect(shown).toHaveBeenCalledWith(expect.anything(), { output: "plain" });
  await start({ preset: missing, color: false, screenReader: true });
  expect(shown).toHaveBeenCalledWith(
    expect.anything(),
    expect.objectContaining({ preset: missing, color: false, screenReader: true }),
  );
});

test("an option the screen knows nothing of is done as without one", async () => {
  for (const option of [{ dryRun: true }, { breakLock: true }, { requireAllNodes: true }, { verbose: true }]) {
    expect(await start({ preset: missing, ...option })).toBe(2);
    expect(shown).not.toHaveBeenCalled();
  }
  for (const option of [{ startOver: true }, { nodes: ["w-1"] }, { junit: "/nowhere/report.xml" }]) {
    expect(await start({ preset: missing, ...option })).toBe(2);
    expect(await start(option)).toBe(5);
    expect(shown).not.toHaveBeenCalled();
  }
});

test("without a terminal nothing is drawn: a preset is installed, and without one it is said what is missing", async () => {
  expect(await start({ preset: missing }, false)).toBe(2);
  expect(await start({}, false)).toBe(5);
  expect(told).toHaveBeenCalledWith(expect.stringMatching(/answer metadata\.name .*\n.*answer spec\.topology /));
  expect(shown).not.toHaveBeenCalled();
});
