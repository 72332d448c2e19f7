import { expect, test } from "vitest";
import { aboutSection } from "../../../src/ui/wizard/about.ts";
import { concealSecrets, emptyDraft } from "../../../src/ui/wizard/draft.ts";
import { setAt } from "../../../src/ui/wizard/edit-draft.ts";
import { presetLines, previewOf } from "../../../src/ui/wizard/preview.ts";

const text = (lines: ReturnType<typeof previewOf>) => lines.map((line) => line.text).join("\n");

test("a part shows what is written, then what holds by default", () => {
  const draft = setAt(emptyDraft, ["spec", "network", "podCIDR"], "10.0.0.0/16");
  const lines = previewOf(draft, [["spec", "network"]]);
  expect(text(lines)).toMatchInlineSnapshot(`
    "network:
      podCIDR: 10.0.0.0/16
      # plugin: bridge
      # serviceCIDR: 10.96.0.0/12
      # nodePrefix: 24
      # dnsDomain: cluster.local"
  `);
  expect(lines.filter(({ byDefault }) => !byDefault)).toHaveLength(2);
});

test("what must be given and is not is named", () => {
  expect(text(previewOf(emptyDraft, [["metadata"]]))).toMatchInlineSnapshot(`
    "metadata:
      # name: missing"
  `);
  expect(text(previewOf(emptyDraft, [["spec", "topology"]]))).toMatchInlineSnapshot(`"# topology: missing"`);
});

test("an empty answer that means something is written as such", () => {
  const draft = setAt(emptyDraft, ["spec", "kubernetes", "source"], { packages: {} });
  expect(text(previewOf(draft, [["spec", "kubernetes"]]))).toMatchInlineSnapshot(`
    "kubernetes:
      source:
        packages: {}
      # version: that of the bundle; 1.35.8 from packages or binaries; 1.20.2 where the lab finds Kubernetes"
  `);
});

test("a secret typed into the preset is neither shown nor saved, a reference to one is", () => {
  const login = { password: "hunter2", sudoPassword: { env: "SUDO_PASSWORD" } };
  const draft = setAt(
    setAt(emptyDraft, ["spec", "topology", "static", "ssh"], login),
    ["spec", "packages", "proxy"],
    "http://me:hunter2@proxy.example.com",
  );
  const seen = presetLines(draft).join("\n");
  expect(seen).not.toContain("hunter2");
  expect(seen).toContain('password: "[secret]"');
  expect(seen).toContain("http://[secret]@proxy.example.com");
  expect(seen).toContain("env: SUDO_PASSWORD");
  expect(JSON.stringify(concealSecrets(draft))).not.toContain("hunter2");
});

test("the help of a section is what the preset's schema says of its keys", () => {
  const lines = aboutSection({ about: "How pods reach each other.", paths: [["spec", "network"]] });
  expect(lines[0]).toBe("How pods reach each other.");
  expect(lines).toContain("podCIDR: Range the pods get their addresses from. Default: 10.244.0.0/16.");
});

test("the help of the machines speaks of the topology that was chosen", () => {
  const section = {
    about: "The machines.",
    paths: [
      ["spec", "topology", "static"],
      ["spec", "topology", "lab"],
    ],
  };
  const lab = aboutSection(section, { spec: { topology: { lab: {} } } }).join("\n");
  expect(lab).toContain("workers: ");
  expect(lab).not.toContain("ssh: ");
  expect(aboutSection(section).join("\n")).toContain("ssh: ");
});
