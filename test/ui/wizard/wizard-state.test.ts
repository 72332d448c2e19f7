import { describe, expect, test } from "vitest";
import { newWizard, reduceWizard, type WizardAction, type WizardState } from "../../../src/ui/wizard/wizard-state.ts";

const wizardAfter = (...actions: readonly WizardAction[]): WizardState => actions.reduce(reduceWizard, newWizard);
const podCIDR = ["spec", "network", "podCIDR"] as const;
const topology = ["spec", "topology"] as const;
const source = ["spec", "kubernetes", "source"] as const;

describe("undo", () => {
  test("takes a text that was typed letter by letter back at once", () => {
    const typed = wizardAfter(
      { type: "set", path: ["metadata", "name"], value: "d" },
      { type: "set", path: ["metadata", "name"], value: "de" },
      { type: "set", path: ["metadata", "name"], value: "demo" },
    );
    expect(typed.past).toHaveLength(1);
    expect(reduceWizard(typed, { type: "undo" }).draft).toEqual(newWizard.draft);
  });

  test("goes back through changes at several places one by one", () => {
    const changed = wizardAfter(
      { type: "set", path: ["metadata", "name"], value: "demo" },
      { type: "set", path: podCIDR, value: "10.0.0.0/16" },
    );
    const once = reduceWizard(changed, { type: "undo" });
    expect(once.draft.spec).toEqual({});
    expect(once.draft.metadata).toEqual({ name: "demo" });
  });

  test("without anything to undo nothing changes", () => {
    expect(reduceWizard(newWizard, { type: "undo" })).toBe(newWizard);
  });

  test("tells fields to begin anew, which typing does not", () => {
    const typed = wizardAfter({ type: "set", path: podCIDR, value: "10.0.0.0/16" });
    expect(typed.edition).toBe(newWizard.edition);
    expect(reduceWizard(typed, { type: "undo" }).edition).not.toBe(typed.edition);
  });
});

test("a section is given its defaults again, and undo brings it back", () => {
  const changed = wizardAfter({ type: "set", path: podCIDR, value: "10.0.0.0/16" });
  const reset = reduceWizard(changed, { type: "reset", paths: [["spec", "network"]] });
  expect(reset.draft).toEqual(newWizard.draft);
  expect(reduceWizard(reset, { type: "undo" }).draft).toEqual(changed.draft);
});

test("what was entered for another answer is there again when one comes back to it", () => {
  const machines = { nodes: [{ address: "10.0.0.11", roles: ["control-plane"] }] };
  const back = wizardAfter(
    { type: "choose", path: topology, key: "static", initial: {} },
    { type: "set", path: [...topology, "static"], value: machines },
    { type: "choose", path: topology, key: "lab", initial: {} },
    { type: "set", path: [...topology, "lab", "workers"], value: 3 },
    { type: "choose", path: topology, key: "static", initial: {} },
  );
  expect(back.draft.spec?.topology).toEqual({ static: machines });
  const lab = reduceWizard(back, { type: "choose", path: topology, key: "lab", initial: {} });
  expect(lab.draft.spec?.topology).toEqual({ lab: { workers: 3 } });
});

test("choosing none of the answers takes the choice away", () => {
  const none = wizardAfter(
    { type: "choose", path: source, key: "bundle", initial: { path: "./bundle.tar" } },
    { type: "choose", path: source, key: undefined, initial: undefined },
  );
  expect(none.draft.spec).toEqual({});
});

test("a loaded preset takes the place of everything, and is known to be in its file", () => {
  const draft = { metadata: { name: "other" } };
  const loaded = reduceWizard(wizardAfter({ type: "set", path: podCIDR, value: "x" }), {
    type: "load",
    draft,
    file: "/home/me/other.yaml",
    folder: "/home/me",
  });
  expect(loaded).toMatchObject({ draft, past: [], folder: "/home/me", file: { path: "/home/me/other.yaml", draft } });
});
