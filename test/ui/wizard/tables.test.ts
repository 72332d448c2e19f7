import { expect, test } from "vitest";
import { schemaAt } from "../../../src/preset/json-schema.ts";
import { networkPlugins, pluginObstacle } from "../../../src/preset/network-plugins.ts";
import { asciiPicture, haPictures } from "../../../src/ui/wizard/ha-pictures.ts";

test("the wizard offers exactly the HA modes and network plugins of the schema", () => {
  expect(Object.keys(haPictures)).toEqual(schemaAt(["spec", "ha", "mode"])?.enum);
  expect(Object.keys(networkPlugins)).toEqual(schemaAt(["spec", "network", "plugin"])?.enum);
});

test("every picture has a twin in ASCII of the same size", () => {
  for (const { lines } of Object.values(haPictures)) {
    const ascii = asciiPicture(lines);
    expect(ascii.join("\n")).toMatch(/^[ -~\n]*$/);
    expect(ascii.map((line) => line.length)).toEqual(lines.map((line) => [...line].length));
  }
});

test("a plugin says which versions of Kubernetes it is not for", () => {
  const old = { ...networkPlugins.bridge, title: "Old", minors: { oldest: 20, newest: 22 } };
  expect(pluginObstacle(old, "1.20.2")).toBeUndefined();
  expect(pluginObstacle(old, "1.36.4")).toBe("Old is for Kubernetes 1.20 to 1.22, not 1.36.4");
  expect(pluginObstacle(old, "the bundle's version")).toBeUndefined();
});
