import { z } from "zod";
import { checkNotEmpty } from "../formats.ts";
import { checkVersion, labVersion, packagedVersion } from "../versions.ts";
import { checkUrl } from "../web-formats.ts";
import { choice } from "./choice.ts";
import { help, text } from "./text.ts";

const source = choice(
  {
    packages: z
      .strictObject({
        repository: text(checkUrl, {
          description: "Debian package repository to use.",
          otherwise: "the community's repository for the version at https://pkgs.k8s.io",
          examples: ["https://mirror.example.com/kubernetes/v1.36/deb"],
        }).exactOptional(),
        signingKey: text(checkNotEmpty, {
          description: "Key the repository is signed with: an address, or a file relative to the preset.",
          otherwise: "Release.key of the repository",
          examples: ["https://mirror.example.com/kubernetes/Release.key"],
        }).exactOptional(),
      })
      .meta(help({ description: "Debian packages out of a repository the nodes can reach.", examples: [{}] }))
      .exactOptional(),
    binaries: z
      .strictObject({
        location: text(checkNotEmpty, {
          description:
            "Folder with kubeadm, kubelet, kubectl and crictl: an address, or a folder relative to the preset.",
          examples: ["./kubernetes-1.36.4"],
        }),
      })
      .meta(
        help({
          description: "Plain binaries that are copied to the nodes.",
          examples: [{ location: "./kubernetes-1.36.4" }],
        }),
      )
      .exactOptional(),
    bundle: z
      .strictObject({
        path: text(checkNotEmpty, {
          description: "Bundle made by `kube-installer bundle create`, folder or tar, relative to the preset.",
          examples: ["./kubernetes-1.36.4.tar"],
        }),
      })
      .meta(
        help({
          description: "Binaries and images in one place, for nodes without internet (air gap).",
          examples: [{ path: "./kubernetes-1.36.4.tar" }],
        }),
      )
      .exactOptional(),
  },
  {
    description: "Where Kubernetes comes from.",
    otherwise: "packages; with the lab topology what the lab has in its cache, downloads or builds",
    examples: [{ packages: {} }, { bundle: { path: "./kubernetes-1.36.4.tar" } }],
  },
);

export const kubernetes = z
  .strictObject({
    version: text(checkVersion, {
      description: "Kubernetes version, in full.",
      allowed: "1.20.0 to 1.37.x",
      otherwise: `that of the bundle; ${packagedVersion} from packages or binaries; ${labVersion} where the lab finds Kubernetes`,
      examples: ["1.36.4"],
      pattern: "^1\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})$",
    }).exactOptional(),
    source: source.exactOptional(),
  })
  .meta(help({ description: "Which Kubernetes, and where from.", examples: [{ version: "1.36.4" }] }))
  .prefault({});
