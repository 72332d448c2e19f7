import type { Check } from "./check.ts";
import { login, root } from "./checks/access.ts";
import { ownAddress, packetSize, ranges, routes } from "./checks/addresses.ts";
import { clockSkew } from "./checks/clock.ts";
import { firewallServices, packetFilter } from "./checks/firewall.ts";
import { hardwareAddress, hostname, machineId } from "./checks/identity.ts";
import { cgroupControllers, cgroupVersion, kernelOptions, kernelParts, kernelVersion } from "./checks/kernel.ts";
import { kubernetesVersion, networkConfigs, otherCluster } from "./checks/leftovers.ts";
import { hostsFile, nameServers } from "./checks/names.ts";
import { freePorts, servicePortRange } from "./checks/ports.ts";
import { proxyExceptions } from "./checks/proxy.ts";
import { betweenNodes, downloads, endpoint } from "./checks/reachability.ts";
import { bundleContents, supportedVersion } from "./checks/release.ts";
import { diskLatency, diskPressure, diskSpace, memory, processors } from "./checks/resources.ts";
import { brokenPackages, otherRuntimes, packageSources, runtimeVersion } from "./checks/software.ts";
import { accessControl, architecture, operatingSystem, swap, systemd, timeService } from "./checks/system.ts";

/** Everything preflight looks at, in the order a person would. */
export const checks: readonly Check[] = [
  ...[login, root],
  ...[supportedVersion, bundleContents],
  ...[operatingSystem, systemd, architecture, swap, accessControl],
  ...[kernelVersion, kernelParts, kernelOptions, cgroupVersion, cgroupControllers],
  ...[processors, memory, diskSpace, diskPressure, diskLatency],
  ...[machineId, hostname, hardwareAddress],
  ...[clockSkew, timeService],
  ...[ownAddress, routes, ranges, packetSize, hostsFile, nameServers],
  ...[freePorts, servicePortRange, betweenNodes, endpoint, downloads],
  ...[firewallServices, packetFilter, proxyExceptions],
  ...[brokenPackages, packageSources, runtimeVersion, otherRuntimes],
  ...[otherCluster, kubernetesVersion, networkConfigs],
];
