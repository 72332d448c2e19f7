import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { checkPreset, checkPresetValue } from "../../../src/preset/check-preset.ts";
import { writePart, writePreset } from "../../../src/preset/write.ts";
import { validPreset } from "./arbitrary-preset.ts";

test("a value is judged as its text is", () => {
  fc.assert(
    fc.property(validPreset, fc.boolean(), (preset, broken) => {
      const value = broken ? { ...preset, metadata: { name: "Not A Name" } } : preset;
      const checked = checkPresetValue(value);
      const read = checkPreset(writePreset(value), "demo.yaml");
      expect(checked.preset).toEqual(read.preset);
      const messages = (findings: readonly { readonly message: string }[]) =>
        findings.map(({ message }) => message).toSorted();
      expect(messages(checked.findings)).toEqual(messages(read.problems));
    }),
    { numRuns: 100 },
  );
});

test("what is missing is named by its path", () => {
  const { preset, findings } = checkPresetValue({
    apiVersion: "kube-installer/v1",
    kind: "Cluster",
    metadata: {},
    spec: {},
  });
  expect(preset).toBeUndefined();
  expect(findings.map(({ path, message }) => [path.join("."), message])).toEqual([
    ["metadata.name", "is missing"],
    ["spec.topology", "is missing"],
  ]);
});

test("a part of a preset is written with its keys in the order of the schema", () => {
  const text = writePart({ serviceCIDR: "10.96.0.0/12", plugin: "bridge" }, ["spec", "network"]);
  expect(text).toBe("plugin: bridge\nserviceCIDR: 10.96.0.0/12\n");
  expect(load(text)).toEqual({ plugin: "bridge", serviceCIDR: "10.96.0.0/12" });
});
