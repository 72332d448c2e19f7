import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import type { PresetInput } from "../../../../src/preset/schema/preset.ts";
import { savePreset } from "../../../../src/topology/lab/preset-out.ts";
import { temporaryFolder } from "../../bundle/samples.ts";

const preset: PresetInput = {
  apiVersion: "kube-installer/v1",
  kind: "Cluster",
  metadata: { name: "demo" },
  spec: {
    kubernetes: { version: "1.20.2", source: { bundle: { path: "/cache/kubernetes-1.20.2" } } },
    topology: { static: { nodes: [{ name: "cp-1", address: "10.78.0.11", roles: ["control-plane", "worker"] }] } },
  },
};

test("a lab's preset is its owner's alone, says where it comes from, and editors find its schema", async () => {
  const file = join(await temporaryFolder(), "lab.yaml");
  await savePreset(file, preset);
  const text = await readFile(file, "utf8");
  const [schema = "", comment] = text.split("\n");
  const place = /^# yaml-language-server: \$schema=(\/.*)$/.exec(schema)?.[1] ?? "no schema is named";
  expect((await stat(place)).isFile()).toBe(true);
  expect(comment).toBe("# The nodes of `kube-installer lab up --name demo`.");
  expect(load(text)).toEqual(preset);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
