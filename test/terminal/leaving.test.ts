import { expect, test } from "vitest";
import { expectRestored, terminal } from "./terminal-test.ts";

const { start } = terminal();

const home = "What would you like to do?";
const question = "Press Ctrl-C again to leave at once";

test("Ctrl-C asks once, and Esc stays", async () => {
  const window = await start([]);
  await window.shows(home);
  expect(await window.alternateScreen()).toBe(true);
  expect(await window.cursor()).toBe(false);
  await window.press("C-c");
  await window.shows(question);
  await window.press("Escape");
  await window.hides(question);
  expect(await window.shows("Install a cluster")).toContain(home);
  await window.press("q");
  expect(await window.exitCode()).toBe(0);
  await expectRestored(window);
});

test("Ctrl-C twice leaves with 130, and the terminal is as it was", async () => {
  const window = await start([]);
  await window.shows(home);
  await window.press("C-c", "C-c");
  expect(await window.exitCode()).toBe(130);
  await expectRestored(window);
  expect(await window.screen()).not.toContain(question);
});

test("Ctrl-C twice leaves out of the middle of typing, too", async () => {
  const window = await start([]);
  await window.shows(home);
  await window.press("Enter");
  await window.shows("Name");
  await window.press("Enter");
  await window.shows("Name of the cluster;");
  await window.type("half-a-na");
  await window.shows("half-a-na");
  await window.press("C-c", "C-c");
  expect(await window.exitCode()).toBe(130);
  await expectRestored(window);
});

for (const [signal, code] of [
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  test(`${signal} leaves with ${code}, and the terminal is as it was`, async () => {
    const window = await start([]);
    await window.shows(home);
    await window.press("Enter");
    await window.shows("Review and install");
    window.kill(signal);
    expect(await window.exitCode()).toBe(code);
    await expectRestored(window);
  });
}
