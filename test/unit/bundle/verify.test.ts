import { appendFile, mkdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { digestFile } from "../../../src/bundle/digest.ts";
import { verifyBundle } from "../../../src/bundle/verify.ts";
import { executable, signal, temporaryFolder, writeBundle, writeImage } from "./samples.ts";

/** Changes text of bundle.yaml. */
async function edit(bundle: string, from: string | RegExp, to: string): Promise<void> {
  const file = join(bundle, "bundle.yaml");
  const before = await readFile(file, "utf8");
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

/** Puts another file in place and makes the manifest agree with it, as a careful forger would. */
async function forge(bundle: string, path: string, write: (file: string) => Promise<void>): Promise<void> {
  const file = join(bundle, path);
  await write(file);
  const { sha256, bytes } = await digestFile(file, signal);
  await edit(bundle, new RegExp(`(path: ${path}\\n\\s+sha256:) \\S+(\\n\\s+bytes:) \\d+`), `$1 ${sha256}$2 ${bytes}`);
}

const faults: Record<string, { harm: (bundle: string) => Promise<void>; message: string | RegExp }> = {
  "a missing file": {
    harm: (bundle) => rm(join(bundle, "bin/kubelet")),
    message: "bin/kubelet: is missing",
  },
  "a missing manifest": {
    harm: (bundle) => rm(join(bundle, "bundle.yaml")),
    message: "bundle.yaml: is missing",
  },
  "a file the manifest does not name": {
    harm: (bundle) => writeFile(join(bundle, "images/extra.tar"), "more"),
    message: "images/extra.tar: is not named in bundle.yaml",
  },
  "a truncated file": {
    harm: (bundle) => truncate(join(bundle, "images/etcd.tar"), 700),
    message: /images\/etcd\.tar: is truncated: 700 bytes instead of \d+/,
  },
  "a file that has grown": {
    harm: (bundle) => appendFile(join(bundle, "bin/crictl"), "x"),
    message: /bin\/crictl: is too long: 815 bytes instead of 814/,
  },
  "a changed byte": {
    harm: async (bundle) => {
      const file = join(bundle, "bin/kubeadm");
      const bytes = await readFile(file);
      bytes[200] = (bytes[200] ?? 0) ^ 1;
      await writeFile(file, bytes);
    },
    message: /bin\/kubeadm: has sha256 [0-9a-f]{64} instead of [0-9a-f]{64}/,
  },
  "a binary for another architecture": {
    harm: (bundle) => forge(bundle, "bin/kubectl", (file) => writeFile(file, executable("kubectl", 0xb7))),
    message: "bin/kubectl: is for arm64; the bundle is for amd64",
  },
  "a script in place of a binary": {
    harm: (bundle) => forge(bundle, "bin/kubectl", (file) => writeFile(file, "#!/bin/sh\nexit 0\n# and then some\n")),
    message: "bin/kubectl: is not a Linux executable; the bundle is for amd64",
  },
  "an image for another architecture": {
    harm: (bundle) => forge(bundle, "images/pause.tar", (file) => writeImage(file, "k8s.gcr.io/pause:3.2", "arm64")),
    message: "images/pause.tar: is for arm64; the bundle is for amd64",
  },
  "an image under another name": {
    harm: (bundle) => forge(bundle, "images/pause.tar", (file) => writeImage(file, "k8s.gcr.io/pause:3.5")),
    message: "images/pause.tar: holds k8s.gcr.io/pause:3.5; bundle.yaml says k8s.gcr.io/pause:3.2",
  },
  "a path that leads out": {
    harm: (bundle) => edit(bundle, "path: bin/kubelet", "path: bin/../../kubelet"),
    message: "bundle.yaml: binaries.3.path: must be bin/ and a plain file name",
  },
  "an absolute path": {
    harm: (bundle) => edit(bundle, "path: images/etcd.tar", "path: /etc/shadow"),
    message: "bundle.yaml: images.0.path: must be images/ and a plain file name",
  },
  "a link in place of a file": {
    harm: async (bundle) => {
      await rm(join(bundle, "bin/kubelet"));
      await symlink("/bin/true", join(bundle, "bin/kubelet"));
    },
    message: "bin/kubelet: is neither a plain file nor a directory",
  },
  "a file named twice": {
    harm: (bundle) => edit(bundle, "path: bin/kubelet", "path: bin/kubeadm"),
    message: "bundle.yaml: names bin/kubeadm twice",
  },
  "a format of the future": {
    harm: (bundle) => edit(bundle, "kube-installer/v1", "kube-installer/v9"),
    message: 'bundle.yaml: apiVersion is "kube-installer/v9"; this program reads kube-installer/v1',
  },
  "an unknown key": {
    harm: (bundle) => edit(bundle, "kind: Bundle", "kind: Bundle\ncolour: red"),
    message: 'bundle.yaml: the document: Unrecognized key: "colour"',
  },
  "a manifest that is no YAML": {
    harm: (bundle) => writeFile(join(bundle, "bundle.yaml"), "a: [1, 2"),
    message: /bundle\.yaml: is not YAML: /,
  },
};

test.each(Object.entries(faults))("finds %s", async (_, { harm, message }) => {
  const bundle = await writeBundle(await temporaryFolder(), "bundle");
  await harm(bundle);
  const failure = await verifyBundle(bundle, signal).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code: "bundle-invalid", exitCode: 2 });
  expect(String(failure)).toMatch(message);
});

test("finds all faults at once", async () => {
  const bundle = await writeBundle(await temporaryFolder(), "bundle");
  await rm(join(bundle, "bin/kubelet"));
  await truncate(join(bundle, "images/etcd.tar"), 0);
  await mkdir(join(bundle, "more"));
  await writeFile(join(bundle, "more/file"), "");
  await expect(verifyBundle(bundle, signal)).rejects.toThrow(
    /has 3 faults:\n {2}more\/file: .*\n {2}bin\/kubelet: is missing\n {2}images\/etcd\.tar: is truncated/,
  );
});

test("says so when there is no bundle at all", async () => {
  await expect(verifyBundle("/nonexistent/bundle", signal)).rejects.toMatchObject({
    code: "bundle-invalid",
    message: expect.stringContaining("ENOENT"),
  });
});
