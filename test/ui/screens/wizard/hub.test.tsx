import { describe, expect, test } from "vitest";
import { setAt } from "../../../../src/ui/wizard/edit-draft.ts";
import { labDraft, openWizard } from "./wizard-rig.tsx";

describe("the hub of the wizard", () => {
  const snapshot = (name: string) => `__snapshots__/${name}.txt`;

  test("shows every section, what is missing and why", async () => {
    const { looksLike } = await openWizard();
    await looksLike(snapshot("hub-80x24"));
  });

  test("shows the value of the highlighted section beside the list where there is room", async () => {
    const { press, shows, looksLike } = await openWizard({ draft: labDraft, size: { columns: 120, rows: 40 } });
    await press("up", "up", "up");
    await shows("❯ ✔ Network");
    await shows("# podCIDR: 10.244.0.0/16");
    await looksLike(snapshot("hub-120x40"));
  });

  test("is whole in the smallest terminal", async () => {
    const { looksLike } = await openWizard({ size: { columns: 60, rows: 15 } });
    await looksLike(snapshot("hub-60x15"));
  });

  test("says the same without colours and in ASCII", async () => {
    const { screen, terminal, looksLike } = await openWizard({ appearance: { colour: false, unicode: false } });
    expect(screen()).toMatch(/^[ -~\n]*$/);
    const cell = terminal.buffer.active.getLine(2)?.getCell(2);
    expect(cell?.isFgDefault()).toBe(true);
    await looksLike(snapshot("hub-ascii"));
  });

  test("tells what is wrong with a symbol and the reason", async () => {
    const { shows } = await openWizard({ draft: setAt(labDraft, ["spec", "network", "podCIDR"], "10.96.0.0/16") });
    await shows("✖ Network               bridge, pods 10.96.0.0/16  podCIDR: 10.96.0.0/16 ove");
    await shows("6 of 7 complete");
  });

  test("does not go on to the review before everything is there, and says what is missing", async () => {
    const { model, press, shows } = await openWizard();
    await press("end");
    await shows("❯ ○ Review and install");
    await press("enter");
    await shows("Not yet. Name: give the cluster a name");
    expect(model.trail.get().at(-1)).toEqual({ screen: "wizard" });
  });

  test("has the review one Enter away once everything is there", async () => {
    const { model, press, shows } = await openWizard({ draft: labDraft });
    await shows("❯ ▶ Review and install");
    await press("enter");
    expect(model.trail.get().at(-1)).toEqual({ screen: "review" });
  });

  test("leads from nothing to a whole preset by answering what has the focus", async () => {
    const { model, press, shows } = await openWizard();
    await press("enter");
    await shows("1/8 Name");
    await press("enter");
    await shows("❯ ○ Topology");
    await press("enter");
    await shows("❯ ○ Machines you have");
    await press("down");
    await shows("❯ ○ A lab on this machine");
    await press("enter");
    await shows("❯ ▶ Review and install");
    expect(model.wizard.get().draft).toEqual({ ...labDraft, spec: { topology: { lab: {} } } });
  });

  test("gives a section its defaults again, and takes that back", async () => {
    const { model, press, shows } = await openWizard({ draft: labDraft, section: "topology" });
    await press("esc");
    await shows("❯ ✔ Topology");
    await press("r");
    await shows("Topology has its defaults again");
    await shows("○ Topology");
    await press("u");
    await shows("✔ Topology");
    expect(model.wizard.get().draft).toEqual(labDraft);
  });

  test("goes back and comes again with everything that was entered", async () => {
    const { model, press, shows } = await openWizard();
    model.trail.dispatch({ type: "start-over", place: { screen: "home" } });
    await shows("Install a cluster");
    model.wizard.dispatch({ type: "set", path: ["metadata", "name"], value: "kept" });
    await press("enter");
    await shows("✔ Name                  kept");
    await press("esc");
    await shows("What would you like to do?");
  });

  test("moves as often as a key was pressed, however quickly", async () => {
    const { press, shows } = await openWizard();
    await press("jjjj");
    await shows("❯ ✔ Network");
  });

  test("? scrolls where the terminal is small", async () => {
    const { press, shows } = await openWizard({ size: { columns: 60, rows: 15 } });
    await press("?");
    await shows("Answer the sections in any order");
    await press("end");
    await shows("Ctrl-C     be asked whether to leave");
  });

  test("? tells the keys, and of the highlighted section what the preset's description says", async () => {
    const { press, shows } = await openWizard({ draft: labDraft, size: { columns: 120, rows: 40 } });
    await press("up", "up", "up");
    await shows("❯ ✔ Network");
    await press("?");
    await shows("podCIDR: Range the pods get their addresses from. Default: 10.244.0.0/16.");
    await shows("save the preset to a file");
    await press("esc");
    await shows("❯ ✔ Network");
  });
});
