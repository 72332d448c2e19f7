import { execFile } from "node:child_process";
import { mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { readImageArchive } from "../../src/bundle/image-archive.ts";
import type { BundleManifest } from "../../src/bundle/manifest.ts";
import { verifyBundle } from "../../src/bundle/verify.ts";
import { cacheFolder } from "../../src/engine/cache-folder.ts";
import { compileGuestTests } from "../../src/topology/lab/kubernetes/build/compile.ts";
import { openDebianArchive } from "../../src/topology/lab/kubernetes/build/debian-archive.ts";
import { ownProgram } from "../../src/topology/lab/kubernetes/build/own-sources.ts";
import { prepareSource } from "../../src/topology/lab/kubernetes/build/source-tree.ts";
import { downloadBundle } from "../../src/topology/lab/kubernetes/download/download-bundle.ts";
import { exclusively } from "../../src/topology/lab/kubernetes/exclusive.ts";
import { provideKubernetes } from "../../src/topology/lab/kubernetes/provide-kubernetes.ts";
import { signal, temporaryFolder } from "../unit/bundle/samples.ts";
import { startPublisher } from "../unit/topology/lab/kubernetes/download/publisher.ts";

const unreachable = "http://127.0.0.1:1";
const nowhere = { binaries: unreachable, criTools: unreachable, registry: () => unreachable };
const progress = (line: string) => console.log(line);
const run = promisify(execFile);

async function build(version: string): Promise<{ directory: string; manifest: BundleManifest }> {
  const options = { version, cacheDir: cacheFolder(), sources: nowhere, signal, progress };
  const directory = await provideKubernetes(options);
  return { directory, manifest: (await verifyBundle(directory, signal)).manifest };
}

async function output(program: string, ...args: string[]): Promise<string> {
  return (await run(program, args)).stdout.trim();
}

let bundle: Awaited<ReturnType<typeof build>>;

beforeAll(async () => {
  bundle = await build("1.20.2");
});

test("the built binaries say what they are", async () => {
  const binary = (name: string) => join(bundle.directory, "bin", name);
  expect(await output(binary("kubeadm"), "version", "-o", "short")).toBe("v1.20.2");
  expect(await output(binary("kubelet"), "--version")).toBe("Kubernetes v1.20.2");
  expect(await output(binary("kubectl"), "version", "--client", "--short")).toBe("Client Version: v1.20.2");
  expect(await output(binary("crictl"), "--version")).toBe("crictl version v1.20.2 (kube-installer stand-in)");
  expect(await output(binary("kubeadm"), "config", "print", "init-defaults")).toContain("kind: ClusterConfiguration");
});

test("the bundle has exactly the images kubeadm asks for", async () => {
  const listed = await output(
    join(bundle.directory, "bin/kubeadm"),
    "config",
    "images",
    "list",
    "--kubernetes-version",
    "v1.20.2",
  );
  expect(bundle.manifest.images.flatMap(({ names }) => names).sort()).toEqual(listed.split("\n").sort());
});

test("the programs in the images run with nothing but their image", async () => {
  const inImage = async (component: string, ...command: string[]) => {
    const root = await unpackImage(join(bundle.directory, "images", `${component}.tar`));
    return output("chroot", root, ...command);
  };
  expect(await inImage("kube-proxy", "/usr/local/bin/kube-proxy", "--version")).toBe("Kubernetes v1.20.2");
  expect(await inImage("kube-proxy", "iptables", "--version")).toContain("(nf_tables)");
  expect(await inImage("kube-proxy", "ip6tables-restore", "--version")).toContain("(nf_tables)");
  expect(await inImage("kube-proxy", "conntrack", "--version")).toContain("conntrack v");
  expect(await inImage("etcd", "/usr/local/bin/etcd", "--version")).toContain("etcd Version: 3.4.");
  expect(await inImage("etcd", "etcdctl", "version")).toContain("etcdctl version: 3.4.");
  expect(await inImage("coredns", "/coredns", "-version")).toContain("stand-in");
  expect(await inImage("pause", "/pause", "-v")).toBe("pause.c v3.2");
});

/** Unpacks the layers of an image in order, as a container runtime would. */
async function unpackImage(archive: string): Promise<string> {
  const folder = await temporaryFolder();
  const root = join(folder, "root");
  await mkdir(root);
  await run("tar", ["-xf", archive, "-C", folder]);
  const [image] = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  for (const layer of image.Layers) await run("tar", ["-xf", join(folder, layer), "-C", root]);
  return root;
}

test("every stand-in is labelled", () => {
  expect(bundle.manifest.standIns.map(({ name }) => name).sort()).toEqual([
    "crictl",
    "k8s.gcr.io/coredns:1.7.0",
    "k8s.gcr.io/etcd:3.4.13-0",
    "k8s.gcr.io/kube-proxy:v1.20.2",
    "k8s.gcr.io/pause:3.2",
  ]);
});

test("another patch version is stamped in, and said to be", async () => {
  const next = await build("1.20.3");
  expect(await output(join(next.directory, "bin/kubeadm"), "version", "-o", "short")).toBe("v1.20.3");
  expect(next.manifest.images.flatMap(({ names }) => names)).toContain("k8s.gcr.io/kube-apiserver:v1.20.3");
  expect(next.manifest.standIns).toContainEqual({
    name: "Kubernetes",
    note: expect.stringMatching(/^the source of 1\.20\.2 as Debian ships it .* stamped as v1\.20\.3$/),
  });
});

test.each([
  ["coredns", "dns"],
  ["crictl", "crictl"],
])("the stand-in for %s passes its own tests", async (name, folder) => {
  const directory = cacheFolder("kubernetes-build");
  const lockFile = cacheFolder("kubernetes.lock");
  const program = await exclusively(lockFile, { signal, progress, purpose: "testing" }, async (lock) => {
    const work = { signal, progress, lock };
    const tree = await prepareSource(directory, await openDebianArchive(join(directory, "apt"), work), work);
    return compileGuestTests(tree, await ownProgram(name, folder), directory, work);
  });
  expect(await output(program, "-test.v")).toMatch(/^PASS$/m);
});

test("published as upstream publishes, it can be downloaded into the same bundle", async () => {
  const publisher = await startPublisher();
  const folder = await temporaryFolder();
  for (const name of ["kubeadm", "kubelet", "kubectl"])
    publisher.publish(`/release/v1.20.2/bin/linux/amd64/${name}`, await readFile(join(bundle.directory, "bin", name)));
  const crictl = await run("tar", ["-czf", "-", "-C", join(bundle.directory, "bin"), "crictl"], {
    encoding: "buffer",
    maxBuffer: 1 << 28,
  });
  publisher.publish("/cri-tools/v1.20.0/crictl-v1.20.0-linux-amd64.tar.gz", crictl.stdout);
  for (const name of bundle.manifest.images.flatMap(({ names }) => names)) {
    const [repository = "", tag = ""] = name.replace("k8s.gcr.io/", "").split(":");
    publisher.publishImage(repository, tag, `the layer of ${name}`);
  }
  const out = join(folder, "bundle");
  const { sources } = publisher;
  const options = { version: "1.20.2", architecture: "amd64", directory: join(folder, "downloads"), out, sources };
  await downloadBundle(options, { signal, progress });

  const { manifest } = await verifyBundle(out, signal);
  expect(manifest.binaries).toEqual(bundle.manifest.binaries);
  expect(manifest.images.flatMap(({ names }) => names)).toEqual(bundle.manifest.images.flatMap(({ names }) => names));
  expect(manifest.standIns).toEqual([]);
  const file = join(out, "images/pause.tar");
  const { size } = await stat(file);
  expect((await readImageArchive({ file, offset: 0, bytes: size })).architectures).toEqual(["amd64"]);
});
