import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type SshServer, startSshServer } from "../integration/ssh/ssh-server.ts";
import { kubeInstaller } from "../lab/kube-installer.ts";
import { ownAddress } from "./own-address.ts";
import { presetOfOne } from "./preset-of-one.ts";
import type { Terminal } from "./terminal.ts";
import { expectRestored, terminal } from "./terminal-test.ts";

const { folder, start } = terminal();
let server: SshServer;

beforeAll(async () => {
  server = await startSshServer({ config: [`ListenAddress ${ownAddress()}`] });
});
afterAll(async () => {
  await server?.stop();
});

/** High enough that all of a conversation stays on it. */
const size = { columns: 200, rows: 300 };
/** What everything begins with that could move the cursor, clear something or show the second screen. */
const sequence = "\u001B";

/** Waits for what is said last, then answers it. */
async function answer(window: Terminal, lastSaid: RegExp, text = ""): Promise<void> {
  await window.shows(lastSaid);
  if (text !== "") await window.type(text);
  await window.press("Enter");
}

test("machines are pasted with a mistake, imported, tested, saved and reviewed, and nothing is drawn anew", async () => {
  writeFileSync(join(folder, "more.csv"), "name,address,role\nw-2,198.51.100.7,worker\n");
  const window = await start(["--screen-reader"], size);
  await answer(window, /What would you like to do\?\n.*Install[\s\S]*Number \[1\]:$/, "1");
  await answer(window, /Name \[demo\]:$/, "heard");
  await answer(window, /Machines you have[\s\S]*Number:$/, "1");
  await answer(window, /There are no machines yet[\s\S]*Number \[2\]:$/, "3");
  await window.shows(/Line 1:$/);
  await window.paste(`cp-1 root@${ownAddress()}:${server.port} control-plane\nw-1 198.51.100.300 worker\n`);
  await answer(window, /Line 3:$/, "end");
  await answer(window, /1 to add, 1 not understood\.[\s\S]*Line 2: "198\.51\.100\.300" is not an IP[\s\S]*\[2\]:$/);
  await answer(window, /Line 2 \[w-1 198\.51\.100\.300 worker\]:$/, "w-1 198.51.100.6 worker");
  await answer(window, /2 to add\.\n[\s\S]*1 {2}Add the 2 machines\n[\s\S]*Number \[1\]:$/);
  await answer(window, /2 machines\.\n[\s\S]*Number \[1\]:$/, "4");
  await answer(window, /File:$/, "no-such.csv");
  await answer(window, /there is no such file\nSay another path, or back to leave\.\nFile:$/, "more.csv");
  await answer(window, /1 {2}Add the one machine\n[\s\S]*Number \[1\]:$/);
  await answer(window, /3 machines\.\n[\s\S]*Number \[1\]:$/, "7");
  await answer(window, /User \[.*\]:$/);
  await answer(window, /Port \[.*\]:$/);
  await answer(window, /Private key file \[.*\]:$/, server.clientKey);
  await answer(window, /Ask about host keys[\s\S]*Number \[1\]:$/);
  for (const secret of [/Sudo password.*\]:$/, /Login password.*\]:$/, /Passphrase.*\]:$/, /Bastion.*\]:$/]) {
    await answer(window, secret);
  }
  await answer(window, /none was tested yet[\s\S]*Number \[1\]:$/, "6");
  await answer(window, /is not known yet\nssh-ed25519 SHA256:[\s\S]*Do not trust it\n.*\nNumber \[1\]:$/, "2");
  await window.shows(/cp-1: Logged in and became root: .*CPUs/);
  await answer(window, /Of 3 machines, 1 can be logged in to, 2 cannot\.[\s\S]*Number \[1\]:$/, "?");
  await answer(window, /show says the preset; save PATH[\s\S]*Number \[1\]:$/, "save heard.yaml");
  await answer(window, /Saved: .*heard\.yaml\nNumber \[1\]:$/, "1");
  await answer(window, /Everything needed is known\.[\s\S]*Number \[1\]:$/, "1");
  await answer(window, /(Install heard|Look again)\? yes or no \[no\]:$/);
  await answer(window, /Everything needed is known\.[\s\S]*Everything needed is known\.[\s\S]*Number \[1\]:$/, "back");
  await window.shows(/What would you like to do\?[\s\S]*What would you like to do\?[\s\S]*Number \[1\]:$/);
  await window.press("C-c");
  await answer(window, /Leave\? .*\nyes or no \[no\]:$/, "no");
  await window.shows(/yes or no \[no\]: no\nNumber \[1\]:$/);
  await window.press("C-c");
  await window.shows(/Leave\? .*\nyes or no \[no\]:$/);
  await window.press("C-c");
  expect(await window.exitCode()).toBe(130);
  await expectRestored(window);
  expect(window.output()).not.toContain(sequence);
  const file = join(folder, "heard.yaml");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8").match(/name: .*/g)).toEqual(
    ["heard", "cp-1", "w-1", "w-2"].map((name) => `name: ${name}`),
  );
  expect(await kubeInstaller("preset", "validate", file)).toMatchObject({ exitCode: 0 });
});

test("what a file holds beside machines is said, and tells the terminal nothing", async () => {
  const titled = "name,address,role\nw-1,198.51.100.7,worker\nw-2,\u001B]0;owned\u0007198.51.100.300,worker\n";
  writeFileSync(join(folder, "hostile.csv"), titled);
  const window = await start(["--screen-reader"], size);
  await answer(window, /What would you like to do\?\n.*Install[\s\S]*Number \[1\]:$/, "1");
  await answer(window, /Name \[demo\]:$/, "hostile");
  await answer(window, /Machines you have[\s\S]*Number:$/, "1");
  await answer(window, /There are no machines yet[\s\S]*Number \[2\]:$/, "4");
  await answer(window, /File:$/, "hostile.csv");
  await answer(window, /1 to add, 1 not understood\.[\s\S]*Number \[2\]:$/, "2");
  await window.shows(/Line 3 \[w-2,198\.51\.100\.300,worker\]:$/);
  await window.press("C-c");
  await window.shows(/Leave\? .*\nyes or no \[no\]:$/);
  await window.press("C-c");
  expect(await window.exitCode()).toBe(130);
  expect(window.output()).not.toContain("owned");
  expect(window.output()).not.toContain(sequence);
});

test("hundreds of machines arrive whole when they are pasted at once", async () => {
  const lines = Array.from({ length: 300 }, (_, at) => `machine-${at} 10.0.${Math.floor(at / 100)}.${at % 100} worker`);
  const window = await start(["--screen-reader"], size);
  await answer(window, /What would you like to do\?[\s\S]*Number \[1\]:$/);
  await answer(window, /Name \[demo\]:$/);
  await answer(window, /Machines you have[\s\S]*Number:$/, "1");
  await answer(window, /There are no machines yet[\s\S]*Number \[2\]:$/, "3");
  await window.shows(/Line 1:$/);
  await window.paste(`${lines.join("\n")}\n`);
  await answer(window, /Line 301:$/, "end");
  await answer(window, /300 to add\.\n[\s\S]*and 290 more machines\n[\s\S]*Number \[1\]:$/);
  await window.shows(/300 machines\.\n[\s\S]*Number \[1\]:$/);
  await window.press("C-c");
  await window.shows(/Leave\? .*\nyes or no \[no\]:$/);
  await window.press("C-c");
  expect(await window.exitCode()).toBe(130);
});

test("Ctrl-C ends a test and a look that take long, and what was entered stays", async () => {
  const open = new Set<Socket>();
  const silent = createServer((socket) => void open.add(socket));
  await new Promise<void>((resolve) => silent.listen(0, ownAddress(), resolve));
  try {
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const window = await start(["--screen-reader"], size);
    await answer(window, /What would you like to do\?[\s\S]*Number \[1\]:$/);
    await answer(window, /Name \[demo\]:$/);
    await answer(window, /Machines you have[\s\S]*Number:$/, "1");
    await answer(window, /There are no machines yet[\s\S]*Number \[2\]:$/, "3");
    await answer(window, /Line 1:$/, `cp-1 root@${ownAddress()}:${port} control-plane`);
    await answer(window, /Line 2:$/, "end");
    await answer(window, /1 to add\.\n[\s\S]*Number \[1\]:$/);
    await answer(window, /1 machine\.\n[\s\S]*Number \[1\]:$/, "6");
    await window.shows(/Logging in to 1 machine\. .*Ctrl-C ends it\.$/);
    await window.press("C-c");
    await answer(window, /The tests were ended; .*\n1 machine\.\n[\s\S]*Number \[1\]:$/, "1");
    await answer(window, /Everything needed is known\.\n[\s\S]*Number \[1\]:$/, "1");
    await window.shows(/Looking at every node\. .*Ctrl-C ends it\.(?:\n[\s\S]*)?$/);
    await window.press("C-c");
    await window.shows(/The look at the nodes was ended; .*\nEverything needed is known\.\n[\s\S]*Number \[1\]:$/);
    await window.press("C-c");
    await window.shows(/Leave\? .*\nyes or no \[no\]:$/);
    await window.press("C-c");
    expect(await window.exitCode()).toBe(130);
    await expectRestored(window);
    expect(window.output()).not.toContain(sequence);
  } finally {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  }
});

test("a lab is described in three answers; at the review the answer is no, and nothing was made", async () => {
  const window = await start([], { ...size, env: { ACCESSIBLE: "1", XDG_STATE_HOME: join(folder, "other-state") } });
  await answer(window, /What would you like to do\?[\s\S]*Number \[1\]:$/);
  await window.shows(/Name \[demo\]:$/);
  await window.type("never-heardd");
  await window.press("BSpace");
  await answer(window, /Name \[demo\]: never-heard$/);
  await answer(window, /A lab on this machine[\s\S]*Number:$/, "2");
  await answer(window, /Machines: 1 control plane, 1 worker[\s\S]*Number \[1\]:$/);
  await answer(
    window,
    /2 nodes: .* to create[\s\S]*kube-installer install --preset[\s\S]*Install never-heard\? yes or no \[no\]:$/,
  );
  await answer(window, /Nothing was changed\.\nEverything needed is known\.[\s\S]*Number \[1\]:$/, "back");
  await answer(window, /2 {2}never-heard[\s\S]*3 {2}Leave\nNumber \[1\]:$/, "3");
  expect(await window.exitCode()).toBe(0);
  await expectRestored(window);
  expect(window.output()).not.toContain(sequence);
  expect(existsSync(join(folder, "other-state", "kube-installer", "labs"))).toBe(false);
});

test("a preset whose machine cannot be reached says why and what to do, and is looked at again on request", async () => {
  const preset = presetOfOne(folder, { name: "unheard", port: 1 });
  const window = await start(["--screen-reader", "--preset", preset], size);
  await answer(window, /Cannot connect to [\s\S]*Next: [\s\S]*Look again\? yes or no \[no\]:$/, "yes");
  await answer(window, /Look again\?[\s\S]*Cannot connect to [\s\S]*Look again\? yes or no \[no\]:$/);
  await answer(window, /Machines: 1: 1 control plane[\s\S]*Number \[1\]:$/, "back");
  await window.shows(/What would you like to do\?[\s\S]*Leave\nNumber \[1\]:$/);
  await window.press("C-c");
  await window.shows(/Leave\? .*\nyes or no \[no\]:$/);
  await window.press("C-c");
  expect(await window.exitCode()).toBe(130);
  expect(window.output()).not.toContain(sequence);
});
