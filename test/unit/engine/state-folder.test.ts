import { chmod, mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clusterFolder, makePrivateFolder, stateFolder } from "../../../src/engine/state-folder.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "state-folder-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each([
  ["/srv/state", "/srv/state/kube-installer"],
  ["state", "/home/ann/.local/state/kube-installer"],
  ["", "/home/ann/.local/state/kube-installer"],
  [undefined, "/home/ann/.local/state/kube-installer"],
])("XDG_STATE_HOME=%s leads to %s", (value, expected) => {
  expect(stateFolder({ env: { XDG_STATE_HOME: value }, home: "/home/ann" })).toBe(expected);
});

test("each cluster has a folder of its own", () => {
  const home = { env: {}, home: "/home/ann" };
  expect(clusterFolder("demo", home)).toBe("/home/ann/.local/state/kube-installer/clusters/demo");
});

test.each(["..", "a/../../b", "/etc", "", ".", "a..b", "Demo"])("%j is no name of a cluster", (name) => {
  expect(() => clusterFolder(name)).toThrow(expect.objectContaining({ code: "usage" }));
});

test("nobody else can enter the folder, however it was made", async () => {
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
  const open = join(folder, "open");
  await mkdir(open);
  await chmod(open, 0o755);
  await makePrivateFolder(open);
  await makePrivateFolder(join(folder, "new", "inner"));
  expect(await modeOf(open)).toBe(0o700);
  expect(await modeOf(join(folder, "new"))).toBe(0o700);
  expect(await modeOf(join(folder, "new", "inner"))).toBe(0o700);
});
