import { expect, test } from "vitest";
import { moveReferences } from "../../../src/preset/move-references.ts";

const preset = (keyFile: string) => ({
  spec: {
    topology: {
      static: {
        ssh: { user: "ubuntu", keyFile, sudoPassword: { file: "secrets/sudo" }, passphrase: { env: "KEY" } },
        nodes: [{ address: "w1", labels: { file: "not/a/path" } }],
      },
    },
  },
});

test("relative paths lead to the same files from the new folder", () => {
  const moved = moveReferences(preset("keys/id"), "/home/me/clusters", "/home/me");
  expect(moved.spec?.topology?.static).toEqual({
    ssh: {
      user: "ubuntu",
      keyFile: "./clusters/keys/id",
      sudoPassword: { file: "./clusters/secrets/sudo" },
      passphrase: { env: "KEY" },
    },
    nodes: [{ address: "w1", labels: { file: "not/a/path" } }],
  });
});

test("absolute paths, the home folder and addresses stay as they are", () => {
  for (const path of ["/etc/key", "~/.ssh/id_ed25519", "https://example.com/key"]) {
    const moved = moveReferences(preset(path), "/home/me", "/tmp");
    expect(moved.spec?.topology?.static?.ssh?.keyFile).toBe(path);
  }
});

test("in the same folder nothing changes", () => {
  const same = preset("keys/id");
  expect(moveReferences(same, "/home/me", "/home/me/")).toBe(same);
});
