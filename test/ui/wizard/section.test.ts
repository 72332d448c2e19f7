import { describe, expect, test } from "vitest";
import type { PresetInput } from "../../../src/preset/schema/preset.ts";
import { sections } from "../../../src/ui/screens/wizard/section-table.ts";
import { draftFrom, emptyDraft, type PresetDraft } from "../../../src/ui/wizard/draft.ts";
import { setAt } from "../../../src/ui/wizard/edit-draft.ts";
import { judge } from "../../../src/ui/wizard/judge.ts";
import { nextToDo, statusOf } from "../../../src/ui/wizard/section.ts";

const preset: PresetInput = {
  apiVersion: "kube-installer/v1",
  kind: "Cluster",
  metadata: { name: "demo" },
  spec: {
    topology: { static: { nodes: [{ name: "cp-1", address: "10.0.0.11", roles: ["control-plane", "worker"] }] } },
  },
};

const statuses = (draft: PresetDraft) =>
  Object.fromEntries(
    sections.map((section) => [section.id, statusOf(section, sections, { draft, judged: judge(draft) })]),
  );

describe("the state of the sections", () => {
  test("of an empty draft: what has no default is missing, everything else is complete", () => {
    expect(statuses(emptyDraft)).toMatchInlineSnapshot(`
      {
        "downloads": {
          "reason": undefined,
          "state": "complete",
        },
        "ha": {
          "reason": undefined,
          "state": "complete",
        },
        "kubernetes": {
          "reason": undefined,
          "state": "complete",
        },
        "machines": {
          "reason": "choose the topology first",
          "state": "missing",
        },
        "name": {
          "reason": "give the cluster a name",
          "state": "missing",
        },
        "network": {
          "reason": undefined,
          "state": "complete",
        },
        "topology": {
          "reason": "say where the machines come from",
          "state": "missing",
        },
      }
    `);
  });

  test("of a whole preset: complete", () => {
    const states = Object.values(statuses(draftFrom(preset))).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(["complete"]));
  });

  test("a problem of two sections belongs to the one whose value it stands at", () => {
    const draft = setAt(draftFrom(preset), ["spec", "network", "podCIDR"], "10.0.0.0/16");
    expect(statuses(draft).network?.state).toBe("complete");
    expect(statuses(draft).machines).toEqual({
      state: "wrong",
      reason: "nodes[0].address: 10.0.0.11 lies in podCIDR 10.0.0.0/16, which belongs to the cluster alone",
    });
  });

  test("a topology without machines is missing them, not wrong", () => {
    const draft = setAt(setAt(emptyDraft, ["metadata", "name"], "demo"), ["spec", "topology"], { static: {} });
    expect(statuses(draft)).toMatchObject({ topology: { state: "complete" }, machines: { state: "missing" } });
  });

  test("a warning is told, but does not stand in the way", () => {
    const draft = setAt(draftFrom(preset), ["spec", "topology", "static", "nodes", 0, "roles"], ["control-plane"]);
    expect(statuses(draft).machines?.state).toBe("warning");
    expect(judge(draft).preset).toBeDefined();
  });

  test("half a number is wrong where it was typed", () => {
    const draft = setAt(draftFrom(preset), ["spec", "kubernetes", "version"], "1.36");
    expect(statuses(draft).kubernetes).toEqual({
      state: "wrong",
      reason: 'version: "1.36" is not a Kubernetes version',
    });
  });
});

test("after a section comes the next one that needs something, from the start again at the end", () => {
  const draft = setAt(emptyDraft, ["spec", "topology"], { lab: {} });
  const ground = { draft, judged: judge(draft) };
  expect(nextToDo("topology", sections, ground)?.id).toBe("name");
  const named = setAt(draft, ["metadata", "name"], "demo");
  expect(nextToDo("topology", sections, { draft: named, judged: judge(named) })).toBeUndefined();
});

test("every place of a preset belongs to a section", () => {
  const owned = sections.flatMap(({ paths }) => paths.map((path) => path.slice(0, 2).join(".")));
  const parts = ["metadata", ...Object.keys(specKeys())];
  expect(parts.filter((part) => !owned.includes(part))).toEqual([]);
});

function specKeys(): Record<string, true> {
  const keys = judge(draftFrom(preset)).preset?.spec ?? {};
  return Object.fromEntries(Object.keys(keys).map((key) => [`spec.${key}`, true]));
}
