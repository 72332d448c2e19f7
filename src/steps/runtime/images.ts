import type { Bundle, BundleImage } from "../../bundle/manifest.ts";
import { missing, satisfied } from "../../engine/step.ts";
import { minutes } from "../../engine/time.ts";
import { sh } from "../../ssh/shell.ts";
import { type ChangeableNode, type ObservedNode, step } from "../context.ts";
import { archiveLabel, missingImages, parseImageList } from "./image-list.ts";
import { nodeImages } from "./node-images.ts";

const id = "runtime.images";

/** How many archives travel to one node at once: one is unpacked while the next arrives. */
const atOnce = 2;

/**
 * Brings the bundle's images into containerd; only those the node lacks are sent, and no archive is stored
 * there. They go with the undo of containerd, which knows what it held before.
 */
export const images = step({
  id,
  title: "Import container images",
  on: "node",
  needs: ["runtime.containerd"],
  deadline: minutes(20),
  check: async ({ node, bundle }) => {
    if (bundle === undefined) return satisfied("pulled from their registry when needed");
    const wanted = nodeImages(bundle.manifest, node.machine.roles);
    const lacking = await look(node, wanted);
    return lacking.length === 0
      ? satisfied(`all ${wanted.length} are there`)
      : missing(`${lacking.length} of ${wanted.length} are missing`);
  },
  apply: async (context) => {
    const { node, bundle } = context;
    if (bundle === undefined) return;
    const queue = [...(await look(node, nodeImages(bundle.manifest, node.machine.roles)))];
    const work = async (): Promise<void> => {
      const image = queue.shift();
      if (image === undefined) return;
      await importImage(node, bundle, image);
      return work();
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  },
});

async function look(node: ObservedNode, wanted: readonly BundleImage[]): Promise<readonly BundleImage[]> {
  const { stdout } = await node.read(sh`ctr -n k8s.io images ls`);
  return missingImages(wanted, parseImageList(stdout));
}

async function importImage(node: ChangeableNode, bundle: Bundle, image: BundleImage): Promise<void> {
  const { names, sha256 } = image;
  await node.feed(
    `import ${names.join(", ")}`,
    bundle.locate(image),
    sha256,
    sh`ctr -n k8s.io images import - || exit
for name in ${names}; do ctr -n k8s.io images label "$name" ${`${archiveLabel}=${sha256}`} >/dev/null || exit; done`,
  );
}
