import { decode, encode } from "dns-packet";
import { specOf } from "../cluster/cluster.ts";
import { shownList } from "../cluster/views.ts";
import type { Machine } from "../machine/machine.ts";
import { clusterBehind } from "../machine/reach-cluster.ts";
import { runProgram } from "../shell/run.ts";
import { setVariable } from "../shell/state.ts";
import { readAll } from "../shell/streams.ts";
import { listeningPorts } from "./perl.ts";
import { type Call, type Program, unknown } from "./program.ts";

const spaceVariable = "FLEET_NETWORK_SPACE";
const mac = (machine: Machine) =>
  `02:${machine.internalAddress
    .split(".")
    .map((part) => Number(part).toString(16).padStart(2, "0"))
    .join(":")}:01`;

/** Programs about addresses, routes, packet filters and traffic between pods. */
export const networkPrograms: Readonly<Record<string, Program>> = {
  ip: (call) => ip(call),
  ss: (call) => {
    if (call.args.join(" ") !== "-Hlntup") return unknown(call);
    for (const [port, owner] of listeningPorts(call.shell.machine)) {
      call.stdout.write(
        `tcp   LISTEN 0      4096         0.0.0.0:${port}      0.0.0.0:*    users:(("${owner}",pid=50,fd=3))\n`,
      );
    }
    return 0;
  },
  iptables: (call) => {
    const asked = call.args.join(" ");
    if (asked === "--version") call.stdout.write("iptables v1.8.9 (nf_tables)\n");
    else if (asked === "-S INPUT" || asked === "-S FORWARD") call.stdout.write(`-P ${asked.slice(3)} ACCEPT\n`);
    else return unknown(call);
    return 0;
  },
  nft: (call) => unknown(call),
  "iptables-nft-save": () => 0,
  "iptables-nft-restore": (call) => unknown(call),
  nsenter: (call) => {
    const [place = "", name = "", ...args] = call.args;
    const space = place.replace(/^--net=/, "");
    if (!place.startsWith("--net=") || !call.shell.machine.files.exists(space)) return 1;
    const before = call.shell.variables.get(spaceVariable);
    setVariable(call.shell, spaceVariable, space);
    const status = runProgram(name, args, call.shell);
    setVariable(call.shell, spaceVariable, before);
    return status;
  },
  socat: (call) => socat(call),
};

function ip(call: Call): number {
  const { machine } = call.shell;
  const address = machine.internalAddress;
  const pod = [...machine.pods.values()].find(({ space }) => space === call.shell.variables.get(spaceVariable));
  const network = `${address.split(".").slice(0, 2).join(".")}.0.0/16`;
  const asked = call.args.join(" ");
  const own = pod === undefined ? `${address}/16` : `${pod.address}/24`;
  switch (asked) {
    case "-o addr show":
    case "-4 -o address show":
      call.stdout.write(`1: lo    inet 127.0.0.1/8 scope host lo\n2: eth0    inet ${own} scope global eth0\n`);
      return 0;
    case "-o link show":
      call.stdout.write(`1: lo: <LOOPBACK,UP> mtu 65536 qdisc noqueue\\    link/loopback 00:00:00:00:00:00\n`);
      call.stdout.write(`2: eth0: <BROADCAST,UP> mtu 1500 qdisc fq_codel\\    link/ether ${mac(machine)}\n`);
      return 0;
    case "-o route show table main":
      call.stdout.write(
        `default via ${network.replace("0.0/16", "0.1")} dev eth0\n${network} dev eth0 proto kernel scope link src ${address}\n`,
      );
      return 0;
    case "-o -6 route show table main":
    case "route flush proto 178":
      return 0;
    case "link show dev cbr0":
      return 1;
  }
  const target = /^-4 route get (\S+)$/.exec(asked)?.[1];
  if (target === undefined) return unknown(call);
  call.stdout.write(`${target} dev eth0 src ${address} uid 0\n    cache\n`);
  return 0;
}

/** A connection from the machine or one of its pods to whatever answers there; nothing means nobody did. */
function socat(call: Call): number {
  const { machine } = call.shell;
  const place = call.args.at(-1) ?? "";
  const [, protocol, address = "", port = ""] = /^(TCP4|UDP4):([\d.]+):(\d+)/.exec(place) ?? unknown(call);
  const conf = ["/etc/kubernetes/kubelet.conf"]
    .map((path) => machine.files.readIfThere(path))
    .find((text) => text !== undefined);
  const reached = conf === undefined ? undefined : clusterBehind(machine, conf);
  if (reached === undefined || !("cluster" in reached)) return 1;
  const { cluster } = reached;
  const service = cluster.list("Service").find((object) => {
    const ports = specOf(object).ports;
    const nodePort = Array.isArray(ports) ? ports[0]?.nodePort : undefined;
    return specOf(object).clusterIP === address || (nodePort !== undefined && String(nodePort) === port);
  });
  if (protocol === "UDP4") return answerDns(call, service?.metadata.name === "kube-dns" ? cluster.list("Service") : []);
  const endpoints =
    service === undefined
      ? [address]
      : addressesBehind(shownList(cluster, "Endpoints", service.metadata.namespace), service.metadata.name);
  const pods = cluster.list("Node").flatMap(({ metadata }) => {
    const other = cluster.machineOf(metadata.name);
    return [...(other?.pods.values() ?? [])].map((pod) => ({ pod, other }));
  });
  const answering = pods.find(
    ({ pod, other }) =>
      endpoints.includes(pod.address) &&
      other?.up === true &&
      other.transient.get("kube-installer-verify.service")?.includes(`--net=${pod.space}`),
  );
  if (answering === undefined) return 1;
  const space = call.shell.variables.get(spaceVariable);
  const from = [...machine.pods.values()].find((pod) => pod.space === space)?.address ?? machine.internalAddress;
  call.stdout.write(`SOCAT_PEERADDR=${from}\n`);
  return 0;
}

function addressesBehind(
  endpoints: readonly { readonly metadata: { readonly name: string }; readonly [field: string]: unknown }[],
  name: string,
): readonly string[] {
  const subsets = endpoints.find(({ metadata }) => metadata.name === name)?.subsets;
  return (JSON.stringify(subsets ?? []).match(/\d+\.\d+\.\d+\.\d+/g) ?? []).map(String);
}

function answerDns(
  call: Call,
  services: readonly {
    readonly metadata: { readonly name: string; readonly namespace?: string };
    readonly [field: string]: unknown;
  }[],
): number {
  const query = decode(Buffer.from(readAll(call.stdin), "latin1"));
  const [question] = query.questions ?? [];
  const service = services.find(({ metadata }) =>
    question?.name.startsWith(`${metadata.name}.${metadata.namespace}.svc.`),
  );
  if (question === undefined || services.length === 0) return 1;
  const address = new Map(Object.entries(service?.spec ?? {})).get("clusterIP");
  const answers = service === undefined ? [] : [{ type: "A" as const, name: question.name, data: String(address) }];
  call.stdout.write(
    encode({
      type: "response",
      ...(query.id === undefined ? {} : { id: query.id }),
      questions: [question],
      answers,
    }).toString("latin1"),
  );
  return 0;
}
