import { describe, expect, test } from "vitest";
import { labDraft, openWizard } from "./wizard-rig.tsx";

describe("the sections of the wizard", () => {
  const snapshot = (name: string) => `__snapshots__/${name}.txt`;

  test.each(["ha", "network", "kubernetes", "downloads"])("%s fits in 80x24", async (section) => {
    const { looksLike } = await openWizard({ draft: labDraft, section });
    await looksLike(snapshot(`${section}-80x24`));
  });

  test("details stand beside the form where there is room", async () => {
    const { looksLike } = await openWizard({ draft: labDraft, section: "ha", size: { columns: 120, rows: 40 } });
    await looksLike(snapshot("ha-120x40"));
  });

  test("in the smallest terminal the form is there, scrolling with the focus", async () => {
    const { press, shows, looksLike } = await openWizard({
      draft: labDraft,
      section: "network",
      size: { columns: 60, rows: 15 },
      appearance: { unicode: false },
    });
    await press("up");
    await shows("DNS domain of the services.");
    await shows("F1 keys");
    await looksLike(snapshot("network-60x15-ascii"));
  });

  test("what cannot stand in a name cannot be typed, and it is said what can", async () => {
    const { model, press, shows } = await openWizard({ section: "name" });
    await press("d", "E", "m", "_");
    await shows("Only a-z, 0-9 and - can stand here");
    await press("o");
    await shows("Name: dmo");
    expect(model.wizard.get().draft.metadata).toEqual({ name: "dmo" });
  });

  test("a wrong value is explained while typing, in place of the help, and is still there after going back", async () => {
    const { press, paste, shows, showsNot } = await openWizard({ draft: labDraft, section: "network" });
    await press("down");
    await shows("Range the pods get their addresses from.");
    await paste("10.96.0.0/16");
    await shows("10.96.0.0/16 overlaps serviceCIDR 10.96.0.0/12");
    await showsNot("Range the pods get their addresses from.");
    await press("enter", "esc");
    await shows("✖ Network");
    await press("enter");
    await shows("Pods:            10.96.0.0/16");
  });

  test("a text that arrives at once is taken letter by letter", async () => {
    const { model, press, shows } = await openWizard({ section: "name" });
    await press("production");
    await shows("Name: production");
    expect(model.wizard.get().draft.metadata).toEqual({ name: "production" });
    await press("1\r");
    await shows("✔ Name                  production1");
  });

  test("a pasted text leaves behind what could move the cursor", async () => {
    const { model, press, paste, shows } = await openWizard({ draft: labDraft, section: "downloads" });
    await shows("HTTP proxy the nodes use");
    await press("up");
    await shows("Registry as image names spell it.");
    await paste("regis\u001B[2Jtry.exa\u0007mple.com");
    await shows("Another registry: registry.example.com");
    await press("enter");
    await shows("registry.example.com: none");
    expect(model.wizard.get().draft).toEqual(labDraft);
  });

  test("resetting while typing shows the default again, undoing what was typed", async () => {
    const { model, press, paste, shows } = await openWizard({ draft: labDraft, section: "network" });
    await press("down");
    await shows("Range the pods get their addresses from.");
    await paste("10.1.0.0/16");
    await shows("10.1.0.0/16");
    await press("ctrl-r");
    await shows("10.244.0.0/16");
    expect(model.wizard.get().draft).toEqual(labDraft);
    await press("ctrl-z");
    await shows("10.1.0.0/16");
  });

  test("another topology keeps what was entered for the first one", async () => {
    const { model, press, shows } = await openWizard({ draft: labDraft, section: "topology" });
    await shows("❯ ◉ A lab on this machine");
    await press("up", "enter");
    await shows("❯ ○ Machines");
    await press("up", "enter");
    await shows("❯ ◉ Machines you have");
    await press("down");
    await shows("❯ ○ A lab on this machine");
    await press("enter");
    await shows("❯ ▶ Review and install");
    expect(model.wizard.get().draft).toEqual(labDraft);
  });

  test("a source asks for what it needs", async () => {
    const { model, press, paste, shows } = await openWizard({ draft: labDraft, section: "kubernetes" });
    await shows("❯ ◉ What the lab has");
    await press("up", "up");
    await shows("❯ ○ Bundle");
    await press("enter");
    await shows("File or folder:");
    await paste("./kubernetes.tar");
    await shows("File or folder: ./kubernetes.tar");
    await press("enter", "enter");
    await shows("the bundle's version, bundle ./kubernetes.tar");
    expect(model.wizard.get().draft.spec?.kubernetes).toEqual({ source: { bundle: { path: "./kubernetes.tar" } } });
  });

  test("an emptied mirror takes its registry out of the preset", async () => {
    const { model, press, paste, shows } = await openWizard({ draft: labDraft, section: "downloads" });
    await press("down");
    await shows("Where to ask first, in this order.");
    await paste("https://a.example.com https://b.example.com");
    await shows("registry.k8s.io:  https://a.example.com https://b.example.com");
    expect(model.wizard.get().draft.spec?.runtime?.registryMirrors).toEqual([
      { registry: "registry.k8s.io", mirrors: ["https://a.example.com", "https://b.example.com"] },
    ]);
    await press("ctrl-u");
    await shows("registry.k8s.io:   none");
    expect(model.wizard.get().draft).toEqual(labDraft);
  });
});
