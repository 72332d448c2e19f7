import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownAddress } from "./own-address.ts";
import { presetOfOne } from "./preset-of-one.ts";
import { expectRestored, terminal } from "./terminal-test.ts";

const { folder, start } = terminal();

const home = "What would you like to do?";
const escapeCharacter = "\u001B";
const named = /metadata\.name[\s\S]*spec\.topology/;

test("with its output in a pipe it draws nothing and names the answers it would need", async () => {
  const window = await start([], { shell: '{ "$@"; echo $? >piped.code; } | cat >piped; exit "$(cat piped.code)"' });
  expect(await window.exitCode()).toBe(5);
  expect(window.output()).toMatch(named);
  expect(window.output() + readFileSync(join(folder, "piped"), "utf8")).not.toContain(escapeCharacter);
  await expectRestored(window);
});

test("with its output in a pipe a preset is installed in plain lines", async () => {
  const window = await start(["--preset", presetOfOne(folder, { name: "nobody", port: 1 })], {
    shell: '{ "$@"; echo $? >plain.code; } | cat; exit "$(cat plain.code)"',
  });
  expect(await window.exitCode()).toBe(4);
  expect(window.output()).toContain(ownAddress());
  expect(window.output()).not.toContain(escapeCharacter);
});

test("without a terminal to read from it draws nothing", async () => {
  const window = await start([], { shell: 'exec "$@" </dev/null' });
  expect(await window.exitCode()).toBe(5);
  expect(window.output()).toMatch(named);
  expect(window.output()).not.toContain(escapeCharacter);
});

for (const [what, env, args] of [
  ["CI=true", { CI: "true" }, []],
  ["TERM=dumb", { TERM: "dumb" }, []],
  ["--non-interactive", {}, ["--non-interactive"]],
] as const) {
  test(`${what} on a terminal: nothing is drawn, the missing answers are named, 5`, async () => {
    const window = await start(args, { env });
    expect(await window.exitCode()).toBe(5);
    expect(window.output()).toMatch(named);
    expect(window.output()).not.toContain(escapeCharacter);
    await expectRestored(window);
  });
}

test("NO_COLOR takes every colour away, and everything is still told", async () => {
  const colour = new RegExp(`${escapeCharacter}\\[[\\d;:]*m`);
  const colourful = await start([]);
  await colourful.shows(home);
  expect(colourful.output()).toMatch(colour);
  const plain = await start([], { env: { NO_COLOR: "1" } });
  await plain.shows(home);
  await plain.press("Enter");
  await plain.shows("Review and install");
  await plain.press("?");
  await plain.shows("save the preset to a file");
  expect(plain.output()).not.toMatch(colour);
});

test("a locale without UTF-8 gets nothing but ASCII", async () => {
  const window = await start([], { env: { LANG: "C" } });
  await window.shows(home);
  await window.press("Enter");
  await window.shows("Review and install");
  await window.press("?");
  await window.shows("save the preset to a file");
  await window.press("Escape");
  await window.hides("save the preset to a file");
  await window.press("C-c");
  await window.shows("Leave?");
  expect([...window.output()].filter((character) => character > "\u007F")).toEqual([]);
});
