import type { Bundle, BundleImage } from "../../bundle/manifest.ts";
import { missing, satisfied } from "../../engine/step.ts";
import { minutes } from "../../engine/time.ts";
import { sh } from "../../ssh/shell.ts";
import { type ChangeableNode, type ObservedNode, step } from "../context.ts";
import { recordOf } from "../receipt/paths.ts";
import { undoFromReceipt } from "../receipt/undo-from-receipt.ts";
import { archiveLabel, missingImages, parseImageList } from "./image-list.ts";
import { nodeImages } from "./node-images.ts";

const id = "runtime.images";
const record = recordOf(id);

/** How many archives travel to one node at once: one is unpacked while the next arrives. */
const atOnce = 2;

/** Brings the bundle's images into containerd; only those the node lacks are sent, and no archive is stored there. */
export const images = step({
  id,
  title: "Import container images",
  on: "node",
  needs: ["os.receipt", "runtime.containerd"],
  deadline: minutes(20),
  check: async ({ node, bundle }) => {
    if (bundle === undefined) return satisfied("pulled from their registry when needed");
    const wanted = nodeImages(bundle.manifest, node.machine.roles);
    const lacking = await look(node, wanted);
    return lacking.length === 0
      ? satisfied(`all ${wanted.length} are there`)
      : missing(`${lacking.length} of ${wanted.length} are missing`);
  },
  apply: async ({ node, bundle }) => {
    if (bundle === undefined) return;
    const lacking = await look(node, nodeImages(bundle.manifest, node.machine.roles));
    await note(node, lacking);
    const queue = [...lacking];
    const work = async (): Promise<void> => {
      for (let image = queue.shift(); image !== undefined; image = queue.shift())
        await importImage(node, bundle, image);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  },
  undo: undoFromReceipt(id, {
    title: "Remove the images that were imported",
    before: sh`systemctl is-active --quiet containerd || exit 0
sort -u ${record}/imported | while IFS= read -r name; do
  [ -z "$(ctr -n k8s.io images ls -q "name==$name")" ] || ctr -n k8s.io images rm --sync "$name" || exit
done`,
  }),
});

async function look(node: ObservedNode, wanted: readonly BundleImage[]): Promise<readonly BundleImage[]> {
  const { stdout } = await node.read(sh`ctr -n k8s.io images ls`);
  return missingImages(wanted, parseImageList(stdout));
}

/** Notes what will be imported before the first of it is; an image that is replaced was ours already. */
async function note(node: ChangeableNode, wanted: readonly BundleImage[]): Promise<void> {
  const names = wanted.flatMap((image) => image.names);
  await node.change(
    `note the images ${names.join(", ")}`,
    sh`mkdir -p ${record} && printf '%s\\n' ${names} >>${record}/imported`,
  );
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
