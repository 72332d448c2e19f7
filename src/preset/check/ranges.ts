import { contains, overlaps, parseIPv4, parseRange, type Range } from "../cidr.ts";
import type { Finding } from "../finding.ts";
import type { Path } from "../path.ts";
import type { PartlyPreset } from "../salvage.ts";
import { network as networkSchema } from "../schema/cluster.ts";
import { countNodes, listNodes } from "./node-list.ts";

const path = (key: string): Path => ["spec", "network", key];

/**
 * What kubeadm and the controller manager demand of the ranges.
 * @see https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/constants/constants.go
 */
const limits = { largestService: 12, smallestService: 28, mostPrefixBits: 16 } as const;

/** Pod, service and node addresses: apart from each other and large enough for the nodes. */
export function checkRanges(preset: PartlyPreset): Finding[] {
  if (preset.spec !== undefined && "network" in preset.spec && preset.spec.network === undefined) return [];
  const { podCIDR, serviceCIDR, nodePrefix } = { ...networkSchema.parse(undefined), ...preset.spec?.network };
  const pods = parseRange(podCIDR ?? "");
  const services = parseRange(serviceCIDR ?? "");
  return [
    ...(pods !== undefined && services !== undefined && overlaps(pods, services)
      ? [overlapFinding(preset, String(podCIDR), String(serviceCIDR))]
      : []),
    ...(pods === undefined ? [] : checkNodeAddresses(preset, pods, `podCIDR ${podCIDR}`)),
    ...(services === undefined ? [] : checkNodeAddresses(preset, services, `serviceCIDR ${serviceCIDR}`)),
    ...(services === undefined ? [] : checkServiceSize(services)),
    ...(pods === undefined || nodePrefix === undefined ? [] : checkPodSize(preset, pods, nodePrefix)),
  ];
}

function overlapFinding(preset: PartlyPreset, podCIDR: string, serviceCIDR: string): Finding {
  const atPods = preset.spec?.network?.serviceCIDR === undefined;
  const other = atPods ? `serviceCIDR ${serviceCIDR}` : `podCIDR ${podCIDR}`;
  const byDefault = preset.spec?.network?.[atPods ? "serviceCIDR" : "podCIDR"] === undefined ? " (the default)" : "";
  return {
    severity: "error",
    path: path(atPods ? "podCIDR" : "serviceCIDR"),
    message: `${atPods ? podCIDR : serviceCIDR} overlaps ${other}${byDefault}`,
    allowed: "ranges that have no address in common",
  };
}

function checkNodeAddresses(preset: PartlyPreset, range: Range, name: string): Finding[] {
  return listNodes(preset).flatMap(({ path: nodePath, node }) =>
    (["address", "internalAddress"] as const).flatMap((key): Finding[] => {
      const address = parseIPv4(node[key] ?? "");
      if (address === undefined || !contains(range, address)) return [];
      return [
        {
          severity: "error",
          path: [...nodePath, key],
          message: `${node[key]} lies in ${name}, which belongs to the cluster alone`,
          allowed: "node addresses outside podCIDR and serviceCIDR",
          hint: `choose another spec.network.${name.split(" ")[0]}`,
        },
      ];
    }),
  );
}

function checkServiceSize({ prefix }: Range): Finding[] {
  const { largestService, smallestService } = limits;
  if (prefix >= largestService && prefix <= smallestService) return [];
  return [
    {
      severity: "error",
      path: path("serviceCIDR"),
      message: `a /${prefix} is too ${prefix < largestService ? "large" : "small"} for services: kubeadm refuses it`,
      allowed: `a range from /${largestService} to /${smallestService}`,
    },
  ];
}

function checkPodSize(preset: PartlyPreset, pods: Range, nodePrefix: number): Finding[] {
  const bits = nodePrefix - pods.prefix;
  const common = { severity: "error", path: path("podCIDR") } as const;
  if (bits < 0) {
    return [
      {
        ...common,
        message: `a /${pods.prefix} has no room for the /${nodePrefix} each node gets`,
        allowed: `a range of /${nodePrefix} or larger, or a nodePrefix from ${pods.prefix} on`,
      },
    ];
  }
  if (bits > limits.mostPrefixBits) {
    return [
      {
        ...common,
        message: `a /${pods.prefix} is too large to be split into /${nodePrefix} parts: kubeadm refuses more than ${limits.mostPrefixBits} bits between them`,
        allowed: `a range of /${nodePrefix - limits.mostPrefixBits} or smaller, or a nodePrefix up to ${pods.prefix + limits.mostPrefixBits}`,
      },
    ];
  }
  const nodes = countNodes(preset) ?? 0;
  if (nodes <= 2 ** bits) return [];
  const needed = nodePrefix - Math.ceil(Math.log2(nodes));
  return [
    {
      ...common,
      message: `a /${pods.prefix} has room for ${2 ** bits} nodes of /${nodePrefix} each, but there are ${nodes}`,
      allowed: `a range of /${needed} or larger, or a larger nodePrefix`,
    },
  ];
}
