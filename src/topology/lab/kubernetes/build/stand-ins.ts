import type { BundleManifest } from "../../../../bundle/manifest.ts";
import { parseImageName } from "../../../../kubernetes/images.ts";

/** What in a built bundle is not the upstream thing, in one sentence each. */
export function standIns(
  images: readonly string[],
  version: string,
  packageVersion: string,
): BundleManifest["standIns"] {
  const notes: Readonly<Record<string, string>> = {
    coredns:
      "a small DNS server with the zone and probes of CoreDNS, which Debian 12 lacks; it shows that DNS is wired up",
    etcd: "Debian's etcd 3.4 in place of the upstream build of the tag's version",
    pause: "compiled from the pause.c in Kubernetes' own source, whatever version the tag names",
    "kube-proxy":
      "runs on Debian's iptables in its nftables variant, where the upstream image chooses a variant at start",
  };
  const named = images.flatMap((name) => {
    const note = notes[parseImageName(name).component];
    return note === undefined ? [] : [{ name, note }];
  });
  const real = /really([\d.]+)-/.exec(packageVersion)?.[1] ?? packageVersion;
  const stamped = {
    name: "Kubernetes",
    note: `the source of ${real} as Debian ships it (${packageVersion}), stamped as v${version}`,
  };
  return [
    ...(real === version ? [] : [stamped]),
    {
      name: "crictl",
      note: "a client on Kubernetes' own CRI API with the commands of crictl 1.20 that kubeadm and people use",
    },
    ...named,
  ];
}
