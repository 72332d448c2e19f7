import type { Terminal } from "./terminal.ts";

/** From nothing to the wizard's hub, with a name. */
export async function nameCluster(window: Terminal, name: string): Promise<void> {
  await window.shows("What would you like to do?");
  await window.press("Enter");
  await window.shows("p preset");
  await window.press("Enter");
  await window.shows("Name of the cluster;");
  await window.type(name);
  await window.shows(`Name: ${name}`);
  await window.press("Enter");
  await window.shows(/❯ . Topology/);
  await window.press("Enter");
  await window.shows("Machines you have");
}

/** From nothing to the review of one control plane and one worker in a lab. */
export async function describeLab(window: Terminal, name: string): Promise<void> {
  await nameCluster(window, name);
  await window.shows("A lab on this machine");
  await window.press("Down");
  await window.shows(/❯ . A lab on this machine/);
  await window.press("Enter");
  await window.shows(/Machines +1 control plane, 1 worker/);
  await window.press("End");
  await window.shows(/❯ . Review and install/);
  await window.press("Enter");
}
