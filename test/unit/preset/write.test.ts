import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { checkPreset } from "../../../src/preset/check-preset.ts";
import { writePreset } from "../../../src/preset/write.ts";
import { validPreset } from "./arbitrary-preset.ts";

test("a written preset has the header for editors, its keys in the order of the schema", () => {
  const text = writePreset(
    {
      spec: {
        topology: { static: { nodes: [{ roles: ["control-plane"], address: "10.0.0.11", name: "cp-1" }] } },
        kubernetes: { version: "1.20.2" },
      },
      metadata: { name: "demo" },
      kind: "Cluster",
      apiVersion: "kube-installer/v1",
    },
    { schemaLocation: "../schema/preset.v1.json", comment: ["Written for a test."] },
  );
  expect(text).toMatchInlineSnapshot(`
    "# yaml-language-server: $schema=../schema/preset.v1.json
    # Written for a test.
    apiVersion: kube-installer/v1
    kind: Cluster
    metadata:
      name: demo
    spec:
      kubernetes:
        version: 1.20.2
      topology:
        static:
          nodes:
            - name: cp-1
              address: 10.0.0.11
              roles:
                - control-plane
    "
  `);
});

test("the schema that came with the program is named when no other is", () => {
  const text = writePreset({
    apiVersion: "kube-installer/v1",
    kind: "Cluster",
    metadata: { name: "x" },
    spec: { topology: { lab: {} } },
  });
  expect(text).toMatch(/^# yaml-language-server: \$schema=\/.*\/schema\/preset\.v1\.json\n/);
});

test("what is written reads back the same and is valid", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(validPreset, (preset) => {
      const text = writePreset(preset);
      expect(load(text)).toEqual(JSON.parse(JSON.stringify(preset)));
      expect(checkPreset(text, "p.yaml").preset).toBeDefined();
      expect(writePreset(preset)).toBe(text);
    }),
    { numRuns: 50 },
  );
});
