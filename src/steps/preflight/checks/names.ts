import { nodeCheck } from "../check.ts";

/** The first matching line of /etc/hosts wins over every later one and over DNS. */
export const hostsFile = nodeCheck({
  id: "network.hosts",
  looksAt: "lines of /etc/hosts about nodes of this cluster",
  limit: "each name has its node's address, or is not there",
  severity: "warning",
  source: "https://man7.org/linux/man-pages/man5/hosts.5.html",
  look: ({ name: self, facts }, { nodes }) => {
    const lines = new Map<string, (typeof facts.hosts)[number]>();
    for (const line of facts.hosts) {
      if (line.address.includes(":")) continue;
      for (const name of line.names) if (!lines.has(name)) lines.set(name, line);
    }
    return nodes.flatMap(({ name, machine }) => {
      const line = lines.get(name);
      if (line === undefined || [machine.internalAddress, machine.address].includes(line.address)) return [];
      if (name === self && line.address.startsWith("127.")) return [];
      return [
        {
          severity: "warning" as const,
          message: `/etc/hosts gives ${name} an address it does not have`,
          measured: `${line.address} ${line.names.join(" ")}`,
          limit: machine.internalAddress,
          fix: `\`sed -i '/^${line.address.replaceAll(".", "\\.")}[[:space:]].*${name}/d' /etc/hosts\``,
        },
      ];
    });
  },
});

/** The cluster's DNS server forwards to what the node uses; a server on the node itself would be asked by itself again. */
export const nameServers = nodeCheck({
  id: "network.name-servers",
  looksAt: "name servers of the node, behind systemd-resolved",
  limit: "at least one, none on the loopback interface",
  severity: "warning",
  source: "https://coredns.io/plugins/loop/#troubleshooting",
  look: ({ facts: { nameServers: servers } }) => {
    const loopback = servers.filter((address) => address.startsWith("127.") || address === "::1");
    const fix = "name your network's DNS server in /etc/resolv.conf";
    if (servers.length === 0) {
      const message = "The node has no name server, so pods can resolve names of the cluster only";
      return [{ severity: "warning", message, measured: "none", fix }];
    }
    if (loopback.length === 0) return [];
    const message = "The cluster's DNS would forward questions to itself";
    return [{ severity: "warning", message, measured: loopback.join(", "), fix }];
  },
});
