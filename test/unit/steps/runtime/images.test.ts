import { describe, expect, test } from "vitest";
import type { BundleImage, BundleManifest } from "../../../../src/bundle/manifest.ts";
import { missingImages, parseImageList } from "../../../../src/steps/runtime/image-list.ts";
import { nodeImages } from "../../../../src/steps/runtime/node-images.ts";

const image = (name: string, bytes = 1): BundleImage => ({
  names: [name],
  path: `images/${name}.tar`,
  sha256: `digest-of-${name}`,
  bytes,
});

const list = `REF                        TYPE                                                 DIGEST      SIZE     PLATFORMS   LABELS
k8s.gcr.io/pause:3.2       application/vnd.docker.distribution.manifest.v2+json sha256:55fd 27.6 MiB linux/amd64 io.cri-containerd.image=managed,kube-installer/archive=digest-of-k8s.gcr.io/pause:3.2
docker.io/library/etcd:3   application/vnd.docker.distribution.manifest.v2+json sha256:77aa 1.6 MiB  linux/amd64 -
k8s.gcr.io/coredns:1.7.0   application/vnd.docker.distribution.manifest.v2+json sha256:88bb 1.6 MiB  linux/amd64 kube-installer/archive=an-older-archive
`;

describe("images a node lacks", () => {
  const present = parseImageList(list);

  test("one it has from the same archive, or from elsewhere, is not sent again", () => {
    expect(missingImages([image("k8s.gcr.io/pause:3.2"), image("docker.io/library/etcd:3")], present)).toEqual([]);
  });

  test("one that is absent, or from another archive of ours, is sent", () => {
    const [coredns, proxy] = [image("k8s.gcr.io/coredns:1.7.0"), image("k8s.gcr.io/kube-proxy:v1.20.2")];
    expect(missingImages([coredns, proxy], present)).toEqual([coredns, proxy]);
  });

  test("an empty store lacks everything", () => {
    const pause = image("k8s.gcr.io/pause:3.2");
    expect(missingImages([pause], parseImageList("REF TYPE DIGEST SIZE PLATFORMS LABELS \n"))).toEqual([pause]);
  });
});

test("workers get no control plane images; the largest archive is sent first", () => {
  const names = ["coredns:1.7.0", "etcd:3.4.13-0", "kube-apiserver:v1.20.2", "kube-proxy:v1.20.2", "pause:3.2"];
  const manifest: BundleManifest = {
    apiVersion: "kube-installer/v1",
    kind: "Bundle",
    version: "1.20.2",
    architecture: "amd64",
    binaries: [],
    images: names.map((name, index) => image(`k8s.gcr.io/${name}`, 10 - index)),
    standIns: [],
  };
  const short = (images: readonly BundleImage[]) => images.map(({ names: [name] }) => name?.replace("k8s.gcr.io/", ""));
  expect(short(nodeImages(manifest, ["worker"]))).toEqual(["coredns:1.7.0", "kube-proxy:v1.20.2", "pause:3.2"]);
  expect(short(nodeImages(manifest, ["control-plane", "worker"]))).toEqual(names);
});
