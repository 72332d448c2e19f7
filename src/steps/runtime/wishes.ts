import { cgroupDriver } from "../../kubernetes/cgroup-driver.ts";
import { parseImageName } from "../../kubernetes/images.ts";
import { pauseImage } from "../../kubernetes/pause-image.ts";
import type { Observation } from "../context.ts";
import type { RuntimeWishes } from "./containerd-settings.ts";

/** Holds one folder per registry that has mirrors. @see https://github.com/containerd/containerd/blob/main/docs/hosts.md */
export const mirrorFolder = "/etc/containerd/certs.d";

/** What this cluster needs of containerd on this node. */
export function runtimeWishes({ node, spec, bundle }: Observation, pluginFolder: string | undefined): RuntimeWishes {
  const bundled = bundle?.manifest.images
    .flatMap(({ names }) => names)
    .find((name) => parseImageName(name).component === "pause");
  return {
    pauseImage: bundled ?? pauseImage(spec.kubernetes.version),
    cgroupDriver: cgroupDriver(node.facts),
    mayRaiseResourceLimits: node.facts.mayRaiseResourceLimits,
    ...(pluginFolder === undefined ? {} : { pluginFolder }),
    ...(spec.runtime.registryMirrors.length === 0 ? {} : { mirrorFolder }),
  };
}
