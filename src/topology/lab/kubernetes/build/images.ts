import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { imageConfig, type Layer, writeDockerArchive } from "../../../../bundle/docker-archive.ts";
import { InstallerError } from "../../../../engine/errors.ts";
import { parseImageName } from "../../../../kubernetes/images.ts";
import type { Work } from "../work.ts";
import type { DebianArchive } from "./debian-archive.ts";
import { type LayerContent, makeLayer } from "./layers.ts";

/** What images are made of: where the compiled programs are, and Debian for the rest. */
export interface ImageParts {
  readonly architecture: string;
  /** Directory with kube-apiserver and its siblings. */
  readonly kubernetes: string;
  readonly coredns: string;
  readonly pause: string;
  readonly debian: DebianArchive;
}

interface Recipe {
  readonly entrypoint: readonly string[];
  /** Names of the layers, lowest first. */
  readonly layers: readonly string[];
}

/** What each image consists of, by component; the names of its layers are keys of what `layerContents` gives. */
const recipes: Readonly<Record<string, Recipe>> = {
  "kube-apiserver": { entrypoint: ["/usr/local/bin/kube-apiserver"], layers: ["kube-apiserver"] },
  "kube-controller-manager": {
    entrypoint: ["/usr/local/bin/kube-controller-manager"],
    layers: ["kube-controller-manager"],
  },
  "kube-scheduler": { entrypoint: ["/usr/local/bin/kube-scheduler"], layers: ["kube-scheduler"] },
  "kube-proxy": { entrypoint: ["/usr/local/bin/kube-proxy"], layers: ["debian", "kube-proxy"] },
  etcd: { entrypoint: ["/usr/bin/etcd"], layers: ["debian", "etcd"] },
  coredns: { entrypoint: ["/coredns"], layers: ["coredns"] },
  pause: { entrypoint: ["/pause"], layers: ["pause"] },
};

/** Everything here that decides what the images consist of, for telling whether one made earlier is still the same. */
export const imageRecipe = () => ({ recipes, basePackages, baseLinks });

/** Makes an archive for each of the named images in `directory`. */
export async function makeImages(
  names: readonly string[],
  parts: ImageParts,
  directory: string,
  work: Work,
): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const layerDirectory = `${directory}.layers`;
  await rm(layerDirectory, { recursive: true, force: true });
  await mkdir(layerDirectory, { recursive: true });
  const contents = await layerContents(parts);
  const layers = new Map<string, Layer>();
  for (const name of names) {
    const { component } = parseImageName(name);
    const recipe = recipes[component];
    if (recipe === undefined)
      throw new InstallerError("kubernetes-unavailable", { message: `There is no recipe for the image ${name}.` });
    work.progress(`making the image ${name}`);
    for (const layer of recipe.layers) {
      if (!layers.has(layer)) layers.set(layer, await makeLayer(layer, contents[layer] ?? {}, layerDirectory, work));
    }
    const own = recipe.layers.flatMap((layer) => layers.get(layer) ?? []);
    const { entrypoint } = recipe;
    const createdBy = "kube-installer: built on this machine from Debian's packages";
    const config = imageConfig({ architecture: parts.architecture, entrypoint, createdBy }, own);
    await writeDockerArchive(join(directory, `${component}.tar`), { names: [name], config, layers: own }, work.signal);
  }
  await rm(layerDirectory, { recursive: true });
}

async function layerContents({
  kubernetes,
  coredns,
  pause,
  debian,
}: ImageParts): Promise<Record<string, LayerContent>> {
  const program = (name: string): LayerContent => ({ files: { [`usr/local/bin/${name}`]: join(kubernetes, name) } });
  const [etcdServer = "", etcdClient = "", ...base] = await debian.packages([
    "etcd-server",
    "etcd-client",
    ...basePackages,
  ]);
  return {
    "kube-apiserver": program("kube-apiserver"),
    "kube-controller-manager": program("kube-controller-manager"),
    "kube-scheduler": program("kube-scheduler"),
    "kube-proxy": program("kube-proxy"),
    coredns: { files: { coredns } },
    pause: { files: { pause } },
    debian: { packages: base, links: baseLinks, directories: ["tmp", "run", "var/lib"] },
    etcd: {
      packages: [etcdServer, etcdClient],
      links: { "usr/local/bin/etcd": "../../bin/etcd", "usr/local/bin/etcdctl": "../../bin/etcdctl" },
    },
  };
}

/**
 * What kube-proxy and etcd need to run, shared so that a node stores it once: Debian packages whose files do without
 * their scripts.
 */
const basePackages = [
  "libc6",
  "busybox-static",
  "netbase",
  "iptables",
  "libip4tc2",
  "libip6tc2",
  "libmnl0",
  "libnetfilter-conntrack3",
  "libnfnetlink0",
  "libnftnl11",
  "libxtables12",
  "conntrack",
  "ipset",
  "libipset13",
];

/**
 * The links an installation of those packages would have made. iptables is its nftables variant, as it is by default
 * on Debian 12: rules of kube-proxy and of the node's kubelet have to be in the same tables.
 */
const baseLinks: Readonly<Record<string, string>> = {
  bin: "usr/bin",
  sbin: "usr/sbin",
  lib: "usr/lib",
  lib64: "usr/lib64",
  ...Object.fromEntries(
    ["iptables", "ip6tables"].flatMap((name) =>
      ["", "-save", "-restore"].map((ending) => [`usr/sbin/${name}${ending}`, "xtables-nft-multi"]),
    ),
  ),
  ...Object.fromEntries(
    ["sh", "cat", "ls", "ip", "modprobe", "sleep", "wget"].map((name) => [`usr/bin/${name}`, "busybox"]),
  ),
};
