import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listRequiredImages, parseImageName, publishedAt } from "../../../src/kubernetes/images.ts";
import { signal, temporaryFolder } from "../bundle/samples.ts";

test("an image name falls into its parts", () => {
  expect(parseImageName("k8s.gcr.io/coredns/coredns:v1.8.0")).toEqual({
    registry: "k8s.gcr.io",
    repository: "coredns/coredns",
    tag: "v1.8.0",
    component: "coredns",
  });
  expect(parseImageName("10.0.0.1:5000/pause:3.2")).toMatchObject({ registry: "10.0.0.1:5000", component: "pause" });
  for (const name of ["pause:3.2", "k8s.gcr.io/pause", "pause"]) expect(() => parseImageName(name)).toThrow(name);
});

test("images of the frozen registry are published at its successor", () => {
  expect(publishedAt(parseImageName("k8s.gcr.io/pause:3.2")).registry).toBe("registry.k8s.io");
  expect(publishedAt(parseImageName("registry.example/pause:3.2")).registry).toBe("registry.example");
});

test("a kubeadm that cannot be asked is named", async () => {
  const kubeadm = join(await temporaryFolder(), "kubeadm");
  await writeFile(kubeadm, "#!/bin/sh\necho 'no such flag' >&2\nexit 3\n");
  await chmod(kubeadm, 0o755);
  await expect(listRequiredImages(kubeadm, "1.20.2", signal)).rejects.toMatchObject({
    code: "command-failed",
    details: {
      command: `${kubeadm} config images list --kubernetes-version v1.20.2`,
      output: expect.stringContaining("no such flag"),
    },
  });
});
