import { expect, test } from "vitest";
import { emptyDraft } from "../../../src/ui/wizard/draft.ts";
import { resetAt, setAt, unsetAt } from "../../../src/ui/wizard/edit-draft.ts";

test("a value is set with everything around it, and the draft before is left as it was", () => {
  const draft = setAt(emptyDraft, ["spec", "topology", "static", "nodes", 0, "address"], "10.0.0.11");
  expect(draft.spec).toEqual({ topology: { static: { nodes: [{ address: "10.0.0.11" }] } } });
  expect(emptyDraft.spec).toEqual({});
});

test("taking the only value of a part away leaves nothing of the part", () => {
  const draft = setAt(emptyDraft, ["spec", "network", "podCIDR"], "10.0.0.0/16");
  expect(unsetAt(draft, ["spec", "network", "podCIDR"])).toEqual(emptyDraft);
});

test("a list that is empty by default goes away with its last item", () => {
  const at = ["spec", "runtime", "registryMirrors", 0] as const;
  const draft = setAt(emptyDraft, at, { registry: "docker.io", mirrors: ["https://mirror.example.com"] });
  expect(unsetAt(draft, at)).toEqual(emptyDraft);
});

test("what means something although it is empty stays", () => {
  const at = ["spec", "kubernetes", "source", "packages", "repository"] as const;
  const draft = setAt(emptyDraft, at, "https://mirror.example.com");
  expect(unsetAt(draft, at).spec).toEqual({ kubernetes: { source: { packages: {} } } });
});

test("what is not there cannot be taken away", () => {
  expect(unsetAt(emptyDraft, ["spec", "topology", "static", "nodes", 3])).toEqual(emptyDraft);
});

test("resetting the machines leaves the answer where they come from", () => {
  const draft = setAt(emptyDraft, ["spec", "topology"], { lab: { workers: 5 } });
  const machines = [
    ["spec", "topology", "static"],
    ["spec", "topology", "lab"],
  ];
  expect(machines.reduce(resetAt, draft).spec).toEqual({ topology: { lab: {} } });
});
