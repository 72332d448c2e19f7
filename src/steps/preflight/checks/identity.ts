import type { Check, Found } from "../check.ts";
import type { Evidence, NodeEvidence } from "../evidence.ts";
import { interfaceOf } from "../network.ts";

const beforeYouBegin =
  "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/#verify-mac-address";

/** Copied machine ids make DHCP servers hand out one address twice, and network plugins mix nodes up. */
export const machineId: Check = {
  id: "identity.machine-id",
  looksAt: "/etc/machine-id",
  limit: "there, and different on every node",
  severity: "error",
  source: "https://www.freedesktop.org/software/systemd/man/latest/machine-id.html",
  look: (evidence) => {
    const fix = "`rm -f /etc/machine-id /var/lib/dbus/machine-id && systemd-machine-id-setup`, then reboot";
    const message = "The machine has no machine id";
    const without = evidence.nodes
      .filter(({ facts }) => facts.machineId === "")
      .map(({ name }): Found => ({ severity: "error", node: name, message, measured: "none", fix }));
    return [
      ...without,
      ...shared(evidence, ({ facts }) => facts.machineId, { severity: "error", what: "machine id", fix }),
    ];
  },
};

/** Two entries of the preset with one host name are often one machine. The install gives every node its own name. */
export const hostname: Check = {
  id: "identity.hostname",
  looksAt: "host name",
  limit: "different on every node",
  severity: "warning",
  source: beforeYouBegin,
  look: (evidence) =>
    shared(evidence, ({ facts }) => facts.hostname, {
      severity: "warning",
      what: "host name",
      fix: "make sure these are different machines; the install then names each one as the preset does",
    }),
};

/** Two cards with one address on a network take each other's packets; clones of virtual machines have them. */
export const hardwareAddress: Check = {
  id: "identity.mac",
  looksAt: "hardware address of the interface other nodes use",
  limit: "different on every node",
  severity: "error",
  source: beforeYouBegin,
  look: (evidence) =>
    shared(evidence, ({ facts, machine }) => interfaceOf(facts, machine.internalAddress)?.mac ?? "", {
      severity: "error",
      what: "hardware address",
      fix: "give the virtual machine a new hardware address in its hypervisor",
    }),
};

function shared(
  { nodes }: Evidence,
  read: (node: NodeEvidence) => string,
  { severity, what, fix }: { severity: Found["severity"]; what: string; fix: string },
): readonly Found[] {
  const owners = new Map<string, string[]>();
  for (const node of nodes) {
    const value = read(node);
    if (value !== "") owners.set(value, [...(owners.get(value) ?? []), node.name]);
  }
  return [...owners].flatMap(([value, names]) =>
    names.length < 2
      ? []
      : names.map((name) => {
          const others = names.filter((other) => other !== name).join(", ");
          return { severity, node: name, message: `The ${what} is also that of ${others}`, measured: value, fix };
        }),
  );
}
