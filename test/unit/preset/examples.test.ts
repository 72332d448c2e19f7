import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { checkPreset } from "../../../src/preset/check-preset.ts";

const names = (await readdir("presets")).filter((name) => name.endsWith(".yaml"));

test("there is an example for each way to begin", () => {
  expect(names.sort()).toEqual(["air-gap.yaml", "bastion.yaml", "lab.yaml", "minimal.yaml", "single.yaml"]);
});

describe.each(names)("presets/%s", (name) => {
  test("is valid and gives no warning", async () => {
    const { preset, problems } = checkPreset(await readFile(`presets/${name}`, "utf8"), name);
    expect(problems).toEqual([]);
    expect(preset).toBeDefined();
  });
  test("tells editors where the schema is", async () => {
    expect(await readFile(`presets/${name}`, "utf8")).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schema\/preset\.v1\.json\n/,
    );
  });
});

test("the shortest preset that names its machines is valid", () => {
  const text = `
apiVersion: kube-installer/v1
kind: Cluster
metadata: { name: demo }
spec: { topology: { static: { nodes: [{ address: 10.0.0.11, roles: [control-plane, worker] }] } } }`;
  expect(checkPreset(text, "p.yaml").preset).toBeDefined();
});
