import { gatewayAddress, hardwareAddress, innerSubnetPrefix, subnetPrefix } from "./addresses.ts";
import { bridgeName, innerBridgeName, innerPortName, octetOf, portName } from "./names.ts";

/** Where one cable of a node leads. */
export interface Cable {
  readonly port: string;
  /** The interface that takes the port's place on the bridge while frames are held back. */
  readonly tap: string;
  readonly bridge: string;
  readonly device: string;
  readonly address: string;
  readonly hardware: string;
}

export interface NodeNetwork {
  readonly lab: string;
  readonly subnet: number;
  readonly node: string;
  readonly place: "outer" | "behind-jump" | "jump";
}

/** The node's cables, whether they are there or not. */
export function cablesOf({ subnet, node, place }: NodeNetwork): Cable[] {
  const octet = octetOf(node);
  const outer = {
    port: portName(subnet, octet),
    tap: `kilab${subnet}t${octet}`,
    bridge: bridgeName(subnet),
    device: "eth0",
    address: `${subnetPrefix(subnet)}.${octet}`,
    hardware: hardwareAddress(subnet, "outer", octet),
  };
  const inner = {
    port: innerPortName(subnet, octet),
    tap: `kilab${subnet}u${octet}`,
    bridge: innerBridgeName(subnet),
    device: place === "jump" ? "eth1" : "eth0",
    address: `${innerSubnetPrefix(subnet)}.${octet}`,
    hardware: hardwareAddress(subnet, "inner", octet),
  };
  if (place === "outer") return [outer];
  return place === "jump" ? [outer, inner] : [inner];
}

/** Behind the jump node it is that node, which forwards nothing: connections beyond the lab are refused there. */
export function defaultGateway({ subnet, place }: NodeNetwork): string {
  return place === "behind-jump" ? `${innerSubnetPrefix(subnet)}.${octetOf("jump")}` : gatewayAddress(subnet);
}
