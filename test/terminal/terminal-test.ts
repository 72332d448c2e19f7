import { afterAll, expect } from "vitest";
import { linesBefore, type StartOptions, startIn, type Terminal } from "./terminal.ts";
import { tmuxServer } from "./tmux.ts";

/** A terminal for one test file; everything in it is ended with the file. */
export function terminal() {
  const server = tmuxServer();
  afterAll(server.close);
  return {
    folder: server.folder,
    start: (args: readonly string[], options?: StartOptions): Promise<Terminal> => startIn(server, args, options),
  };
}

/** The terminal is as it was before the program: first screen with its lines, cursor, line editing, echo. */
export async function expectRestored(window: Terminal): Promise<void> {
  expect(await window.alternateScreen()).toBe(false);
  expect(await window.cursor()).toBe(true);
  const { before, after } = window.settings();
  expect(after).toMatch(/(?<!-)\bicanon\b/);
  expect(after).toMatch(/(?<!-)\becho\b/);
  expect(after).toBe(before);
  expect(await window.screen()).toContain(linesBefore);
}
