import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createBundle } from "../../src/bundle/create.ts";
import { executable, writeImage } from "../unit/bundle/samples.ts";

const images = {
  "kube-apiserver": "v1.20.2",
  "kube-controller-manager": "v1.20.2",
  "kube-scheduler": "v1.20.2",
  "kube-proxy": "v1.20.2",
  pause: "3.2",
  etcd: "3.4.13-0",
  coredns: "1.7.0",
};

/** Writes a valid bundle of a few kilobytes: its programs run on machines of the fleet only. */
export async function writeFleetBundle(folder: string): Promise<string> {
  const given = { binaries: join(folder, "given-binaries"), images: join(folder, "given-images") };
  await mkdir(given.binaries, { recursive: true });
  for (const name of ["kubeadm", "kubelet", "kubectl", "crictl"]) {
    await writeFile(join(given.binaries, name), executable(`${name} v1.20.2`));
  }
  for (const [name, tag] of Object.entries(images)) {
    await writeImage(join(given.images, `${name}.tar`), `k8s.gcr.io/${name}:${tag}`);
  }
  const out = join(folder, "bundle");
  await createBundle({ version: "1.20.2", ...given, out, signal: AbortSignal.timeout(60_000), progress: () => {} });
  await Promise.all(Object.values(given).map((path) => rm(path, { recursive: true })));
  return out;
}
