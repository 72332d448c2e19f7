import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kubeInstaller } from "../lab/kube-installer.ts";
import type { Terminal } from "./terminal.ts";
import { terminal } from "./terminal-test.ts";
import { describeLab, nameCluster } from "./wizard-steps.ts";

const { folder, start } = terminal();

/** From nothing to the wizard, with a name and machines one has. */
async function described(window: Terminal, name: string): Promise<void> {
  await nameCluster(window, name);
  await window.press("Enter");
  await window.shows("name the machines");
}

const twenty = Array.from({ length: 20 }, (_, at) => `n-${at + 1} 10.0.0.${at + 11} worker`);

test("back and edit keep what was entered; the file that is saved is private and valid", async () => {
  const window = await start([]);
  await described(window, "demo");
  await window.press("Enter");
  await window.shows("No machines yet");
  await window.press("a");
  await window.shows("Where to log in");
  await window.paste("10.0.0.11");
  await window.shows(/Address: +10\.0\.0\.11/);
  await window.press("Escape");
  await window.shows("1 machine");
  await window.press("Escape");
  await window.shows(/Machines +1: 1 control plane/);
  await window.press("Escape");
  await window.shows("What would you like to do?");
  await window.press("Enter");
  await window.shows(/Name +demo/);
  await window.press("Home", "Enter");
  await window.shows("Name: demo");
  await window.type("-2");
  await window.shows("Name: demo-2");
  await window.press("Escape");
  await window.shows(/Name +demo-2/);
  await window.press("p");
  await window.shows("address: 10.0.0.11");
  await window.press("Escape");
  await window.hides("address: 10.0.0.11");
  await window.press("C-s");
  await window.shows("File: demo-2.yaml");
  await window.press("Enter");
  await window.shows("Saved: ");
  const file = join(folder, "demo-2.yaml");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8")).toContain("10.0.0.11");
  expect(await kubeInstaller("preset", "validate", file)).toMatchObject({ exitCode: 0 });
  await window.press("C-c", "C-c");
  expect(await window.exitCode()).toBe(130);
});

test("twenty machines are pasted at once and shown before they are taken", async () => {
  const window = await start([]);
  await described(window, "many");
  await window.press("Enter");
  await window.shows("No machines yet");
  await window.paste(`${twenty.join("\n")}\n`);
  await window.shows("20 to add");
  await window.press("Enter");
  await window.shows("20 machines");
  await window.press("Escape");
  await window.shows(/Machines +20: /);
  await window.press("C-s");
  await window.shows("File: many.yaml");
  await window.press("Enter");
  await window.shows("Saved: ");
  const text = readFileSync(join(folder, "many.yaml"), "utf8");
  expect(text.match(/10\.0\.0\.\d+/g)).toEqual(twenty.map((line) => line.split(" ")[1]));
  expect(await kubeInstaller("preset", "validate", join(folder, "many.yaml"))).toMatchObject({ exitCode: 0 });
});

test("from nothing to the review of a lab, where the answer is No and nothing was made", async () => {
  const window = await start([], { columns: 120, rows: 40 });
  await describeLab(window, "never-made");
  await window.shows("Press Enter to go on");
  await window.press("Enter");
  await window.shows("Install never-made?");
  await window.shows(/❯ No, change nothing/);
  await window.press("Enter");
  await window.shows("Press Enter to go on");
  await window.press("C-c", "C-c");
  expect(await window.exitCode()).toBe(130);
  expect(existsSync(join(folder, "state", "kube-installer", "labs"))).toBe(false);
});

test("every main screen tells its keys", async () => {
  const window = await start([]);
  const tellsKeys = async (own: string): Promise<void> => {
    await window.press("F1");
    await window.shows(own);
    await window.press("Escape");
    await window.hides(own);
  };
  await window.shows("What would you like to do?");
  await tellsKeys("leave the program");
  await described(window, "keys");
  await tellsKeys("see the whole preset");
  await window.press("Enter");
  await window.shows("No machines yet");
  await tellsKeys("add a machine");
  await window.paste("10.99.0.1 control-plane");
  await window.shows("1 to add");
  await window.press("Enter");
  await window.shows("1 machine");
  await window.press("Escape");
  await window.shows("p preset");
  await window.press("Home", "Enter");
  await window.shows("Name of the cluster;");
  await tellsKeys("empty the field");
});
