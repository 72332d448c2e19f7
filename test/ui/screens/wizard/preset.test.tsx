import { describe, expect, test } from "vitest";
import type { PresetToSave, SavedPreset } from "../../../../src/ui/services.ts";
import { labDraft, openWizard } from "./wizard-rig.tsx";

describe("the preset at any time", () => {
  test("p shows it whole, and the screen below is as it was", async () => {
    const { press, shows, looksLike } = await openWizard({ draft: labDraft, section: "topology" });
    await shows("❯ ◉ A lab on this machine");
    await press("up");
    await shows("❯ ○ Machines you have");
    await press("p");
    await shows("The preset:");
    await shows("workers: 2");
    await shows("Esc close");
    await looksLike("__snapshots__/preset-80x24.txt");
    await press("esc");
    await shows("❯ ○ Machines you have");
  });

  test("while typing, Ctrl-P shows it and p is a letter", async () => {
    const { press, shows } = await openWizard({ section: "name" });
    await shows("Ctrl-P preset");
    await press("p");
    await shows("Name: p");
    await press("ctrl-p");
    await shows("name: p");
  });

  const saving = (answer: (preset: PresetToSave) => SavedPreset) => {
    const asked: PresetToSave[] = [];
    const savePreset = async (preset: PresetToSave) => {
      asked.push(preset);
      return answer(preset);
    };
    return { asked, services: { savePreset } };
  };

  test("Ctrl-S saves it under the cluster's name", async () => {
    const { asked, services } = saving(() => ({ outcome: "saved", path: "/home/me/demo.yaml" }));
    const { model, press, shows } = await openWizard({ draft: labDraft, services });
    await press("ctrl-s");
    await shows("File: demo.yaml");
    await press("enter");
    await shows("Saved: /home/me/demo.yaml");
    expect(asked).toEqual([{ draft: labDraft, folder: undefined, path: "demo.yaml", overwrite: false }]);
    expect(model.wizard.get().file).toEqual({ path: "/home/me/demo.yaml", draft: labDraft });
  });

  test("a file that is there is replaced only when the answer is not the one with the focus", async () => {
    const { asked, services } = saving(({ overwrite = false, path = "" }) =>
      overwrite ? { outcome: "saved", path: `/home/me/${path}` } : { outcome: "exists", path: `/home/me/${path}` },
    );
    const { press, shows, showsNot } = await openWizard({ draft: labDraft, services });
    await press("ctrl-s");
    await shows("File: demo.yaml");
    await press("enter");
    await shows("❯ Keep it");
    await press("enter");
    await shows("File: demo.yaml");
    await press("enter");
    await shows("❯ Keep it");
    await press("down");
    await shows("❯ Replace it");
    await press("enter");
    await shows("Saved: /home/me/demo.yaml");
    await showsNot("Replace the file?");
    expect(asked.map(({ overwrite }) => overwrite)).toEqual([false, false, true]);
  });

  test("says why it could not be saved, and keeps what was typed", async () => {
    const { services } = saving(() => ({ outcome: "failed", reason: "EACCES: permission denied" }));
    const { press, shows } = await openWizard({ draft: labDraft, services });
    await press("ctrl-s");
    await shows("File: demo.yaml");
    await press("2");
    await shows("File: demo.yaml2");
    await press("enter");
    await shows("EACCES: permission denied");
    await shows("File: demo.yaml2");
  });
});
