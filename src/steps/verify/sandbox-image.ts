import { InstallerError } from "../../engine/errors.ts";
import { sh } from "../../ssh/shell.ts";
import type { ObservedNode } from "../context.ts";

/** The image of every pod's sandbox: it is on the node already, so a test pod made of it needs no registry. */
export async function sandboxImage(node: ObservedNode): Promise<string> {
  const { stdout } = await node.read(sh`containerd config dump`);
  const image = /^\s*(?:sandbox_image|sandbox)\s*=\s*["']([^"']+)["']/m.exec(stdout)?.[1];
  if (image !== undefined) return image;
  throw new InstallerError("verification-failed", {
    message: `containerd on ${node.name} names no sandbox image.`,
    nextSteps: ["look at `containerd config dump` on the node"],
  });
}
