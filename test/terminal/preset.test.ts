import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownAddress } from "./own-address.ts";
import { presetOfOne } from "./preset-of-one.ts";
import { terminal } from "./terminal-test.ts";

const { folder, start } = terminal();

/** A port with nobody behind it, and somebody who hangs up at once when asked. */
async function silentPort() {
  const server = createServer((socket) => socket.end("no ssh here\r\n", () => socket.destroy()));
  const listen = async (port: number): Promise<number> => {
    server.listen(port, ownAddress());
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  };
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  const port = await listen(0);
  await close();
  return { port, listen: () => listen(port), close };
}

test("a preset opens at its review; a machine that cannot be reached is told with what to do, and looked at again", async () => {
  const { port, listen, close } = await silentPort();
  const window = await start(["--preset", presetOfOne(folder, { name: "far", port })]);
  await window.shows(/Cannot connect/);
  const refused = await window.shows("Next: ");
  expect(refused).toContain("review");
  expect(refused).toMatch(/refused/i);
  await listen();
  await window.press("r");
  await window.hides(/refused/i);
  await window.shows("Next: ");
  await close();
  await window.press("r");
  await window.shows(/refused/i);
  await window.press("F1");
  await window.shows("look at the nodes again");
  await window.press("Escape");
  await window.shows("Next: ");
  await window.press("Escape");
  await window.shows(/Name +far/);
  await window.press("Escape");
  await window.shows("What would you like to do?");
});

test("a preset that is wrong is told with line and column, and nothing is drawn", async () => {
  const file = join(folder, "wrong.yaml");
  writeFileSync(file, "apiVersion: kube-installer/v1\nkind: Cluster\nmetadata: { nmae: demo }\nspec: {}\n");
  const window = await start(["--preset", file]);
  expect(await window.exitCode()).toBe(2);
  expect(window.output()).toContain(`${file}:3:13`);
  expect(window.output()).toMatch(/did you mean.*name/);
  expect(window.output()).not.toContain("\u001B");
});
