import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { loadDraft } from "../../../../src/cli/screen/load-draft.ts";
import { savePreset } from "../../../../src/cli/screen/save-preset.ts";
import { parsePreset } from "../../../../src/preset/load.ts";

const draft = {
  apiVersion: "kube-installer/v1",
  kind: "Cluster",
  metadata: { name: "demo" },
  spec: { topology: { lab: { workers: 2 } }, kubernetes: { source: { bundle: { path: "./bundles/k8s.tar" } } } },
} as const;

describe("the wizard's preset on disk", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "save-preset-"));
    vi.stubEnv("XDG_STATE_HOME", join(folder, "state"));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  test("is a preset only its owner can read", async () => {
    const path = join(folder, "demo.yaml");
    expect(await savePreset({ draft, folder, path })).toEqual({ outcome: "saved", path });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(parsePreset(await readFile(path, "utf8"), path).preset.metadata.name).toBe("demo");
  });

  test("takes no other file's place without being told to, and then is private too", async () => {
    const path = join(folder, "demo.yaml");
    await writeFile(path, "precious", { mode: 0o644 });
    expect(await savePreset({ draft, folder, path })).toEqual({ outcome: "exists", path });
    expect(await readFile(path, "utf8")).toBe("precious");
    expect(await savePreset({ draft, folder, path, overwrite: true })).toEqual({ outcome: "saved", path });
    expect(await readFile(path, "utf8")).toContain("name: demo");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("without a path goes where the cluster's own things are, every time", async () => {
    const path = join(folder, "state/kube-installer/clusters/demo/preset.yaml");
    expect(await savePreset({ draft, folder })).toEqual({ outcome: "saved", path });
    expect(await savePreset({ draft, folder })).toEqual({ outcome: "saved", path });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("in another folder still leads to the same files", async () => {
    const path = join(folder, "presets/demo.yaml");
    await savePreset({ draft, folder, path });
    expect(await readFile(path, "utf8")).toContain("path: ../bundles/k8s.tar");
  });

  test("tells why it could not be written", async () => {
    await writeFile(join(folder, "file"), "");
    const saved = await savePreset({ draft, folder, path: join(folder, "file/demo.yaml") });
    expect(saved).toMatchObject({ outcome: "failed", reason: expect.stringContaining("file") });
  });

  test("is read back as it was saved", async () => {
    const path = join(folder, "demo.yaml");
    await savePreset({ draft, folder, path });
    const loaded = await loadDraft(path, new AbortController().signal);
    expect(loaded).toEqual({ type: "load", draft, file: path, folder });
  });

  test("is refused with every problem when it is no preset", async () => {
    const path = join(folder, "demo.yaml");
    await writeFile(path, "kind: Cluster\n");
    const loading = loadDraft(path, new AbortController().signal);
    await expect(loading).rejects.toMatchObject({ code: "preset-invalid" });
  });
});
