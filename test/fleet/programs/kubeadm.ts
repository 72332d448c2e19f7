import { loadAll } from "js-yaml";
import { z } from "zod";
import { Cluster } from "../cluster/cluster.ts";
import { settleAgent } from "../machine/agent.ts";
import { durationOf } from "../machine/durations.ts";
import type { Machine } from "../machine/machine.ts";
import { clusterBehind } from "../machine/reach-cluster.ts";
import { containerdServes } from "../machine/services.ts";
import { versionOf } from "./kubectl.ts";
import { type Call, type Program, parsed, unknown } from "./program.ts";
import { start, stop } from "./systemd.ts";

const configuration = z.looseObject({
  kind: z.string(),
  bootstrapTokens: z.array(z.object({ token: z.string(), description: z.string().default("") })).default([]),
  nodeRegistration: z.looseObject({ name: z.string(), taints: z.array(z.unknown()).optional() }).optional(),
  discovery: z
    .looseObject({ tlsBootstrapToken: z.string(), file: z.object({ kubeConfigPath: z.string() }) })
    .optional(),
  networking: z.object({ podSubnet: z.string(), serviceSubnet: z.string(), dnsDomain: z.string() }).optional(),
  controllerManager: z.looseObject({ extraArgs: z.unknown() }).optional(),
});

type Documents = ReadonlyMap<string, z.infer<typeof configuration>>;

/** kubeadm, phase by phase where half of it can be seen, and crictl. */
export const kubeadmPrograms: Readonly<Record<string, Program>> = {
  kubeadm: (call) => {
    const { options, operands } = parsed(call, ["--config=", "--skip-token-print", "--force", "--cri-socket=", "-o="]);
    const [verb, ...rest] = operands;
    call.shell.machine.kubeadmUntil = Date.now() + durationOf(call) * call.shell.machine.work;
    if (verb === "version") {
      call.stdout.write(`v${versionOf(call)}\n`);
      return 0;
    }
    if (verb === "reset") return reset(call.shell.machine);
    const documents = read(call, options.get("--config") ?? "");
    if (verb === "init" && rest.length === 0) return init(call, documents);
    if (verb === "init" && rest[0] === "phase") return phase(call, rest.slice(1).join(" "), documents);
    return verb === "join" ? join(call, documents) : unknown(call);
  },
  kubelet: (call) => {
    if (call.args.join(" ") !== "--version") return unknown(call);
    call.stdout.write(`Kubernetes v${versionOf(call)}\n`);
    return 0;
  },
  crictl: (call) => {
    if (call.args[0] === "--version") call.stdout.write(`crictl version v${versionOf(call)}\n`);
    else if (call.args.join(" ") !== "ps -a") return unknown(call);
    return 0;
  },
};

function read(call: Call, path: string): Documents {
  // The input is a deleted file there, which is read from its beginning however often it is opened.
  const bytes = path === "/dev/stdin" ? call.stdin.data : call.shell.machine.files.read(path);
  const text = Buffer.from(bytes, "latin1").toString("utf8");
  return new Map(
    loadAll(text).map((document) => {
      const known = configuration.parse(document);
      return [known.kind, known] as const;
    }),
  );
}

/** kubeadm's own checks, as far as the model can fail them. */
function complaints(machine: Machine, files: readonly string[], images: readonly string[]): readonly string[] {
  const swaps = machine.files.read("/proc/swaps").trim().split("\n").length > 1;
  const forward = machine.files.read("/proc/sys/net/ipv4/ip_forward").trim() === "1";
  const lacking = images.filter((image) => ![...machine.images.keys()].some((name) => name.includes(`/${image}:`)));
  return [
    ...(containerdServes(machine) ? [] : ["[ERROR CRI]: container runtime is not running"]),
    ...(swaps ? ["[ERROR Swap]: running with swap on is not supported. Please disable swap"] : []),
    ...(forward
      ? []
      : ["[ERROR FileContent--proc-sys-net-ipv4-ip_forward]: /proc/sys/net/ipv4/ip_forward contents are not set to 1"]),
    ...["conntrack", "ethtool", "socat", "iptables"].flatMap((name) =>
      machine.pathOf(name) === undefined ? [`[ERROR FileExisting-${name}]: ${name} not found in system path`] : [],
    ),
    ...files
      .filter((path) => machine.files.exists(path))
      .map((path) => `[ERROR FileAvailable-${path.replaceAll("/", "-")}]: ${path} already exists`),
    ...lacking.map((image) => `[ERROR ImagePull]: failed to pull image ${image}: no network`),
  ];
}

function refuse(call: Call, found: readonly string[]): number {
  call.stderr.write(
    `error execution phase preflight: [preflight] Some fatal errors occurred:\n${found.map((line) => `\t${line}\n`).join("")}`,
  );
  return 1;
}

const controlPlaneImages = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "etcd",
  "pause",
  "kube-proxy",
];
const manifests = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"];

function init(call: Call, documents: Documents): number {
  const { machine } = call.shell;
  const found = complaints(
    machine,
    manifests.map((name) => `/etc/kubernetes/manifests/${name}.yaml`),
    controlPlaneImages,
  );
  if (found.length > 0) return refuse(call, found);
  const settings = documents.get("ClusterConfiguration");
  const networking = settings?.networking ?? unknown(call);
  const cluster = new Cluster({
    controlPlane: machine,
    version: versionOf(call),
    podCIDR: networking.podSubnet,
    serviceCIDR: networking.serviceSubnet,
    nodePrefix: nodePrefix(settings?.controllerManager?.extraArgs),
    configuration: JSON.stringify(settings),
  });
  const registration = documents.get("InitConfiguration")?.nodeRegistration ?? unknown(call);
  writeCredentials(machine, cluster, registration.name);
  for (const name of ["admin", "controller-manager", "scheduler"]) {
    machine.files.plant(
      `/etc/kubernetes/${name}.conf`,
      kubeconfig(machine, cluster, embedded(cluster, `kubernetes-${name}`)),
      0o600,
    );
  }
  for (const name of manifests)
    machine.files.plant(`/etc/kubernetes/manifests/${name}.yaml`, `kind: Pod\nname: ${name}\n`, 0o600);
  machine.files.plant("/var/lib/etcd/member/wal/0.wal", "etcd\n", 0o600);
  machine.controlPlane = cluster;
  if (!start(machine, "kubelet.service")) return refuse(call, ["[ERROR kubelet]: the kubelet is no service"]);
  cluster.register(machine, registration.name, {
    labels: { "node-role.kubernetes.io/master": "" },
    taints: registration.taints ?? [{ key: "node-role.kubernetes.io/master", effect: "NoSchedule" }],
  });
  for (const name of ["upload-config all", "bootstrap-token", "addon all"]) phase(call, name, documents);
  call.stdout.write("Your Kubernetes control-plane has initialized successfully!\n");
  return 0;
}

/** The phases that come after the API answers; each may be repeated. */
function phase(call: Call, name: string, documents: Documents): number {
  const cluster = call.shell.machine.controlPlane;
  if (cluster === undefined || !cluster.answers) return refuse(call, ["the API does not answer"]);
  const metadata = (object: string) => ({ name: object, namespace: "kube-system" });
  if (name === "upload-config all") {
    cluster.put({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: metadata("kubeadm-config"),
      data: { ClusterConfiguration: cluster.options.configuration },
    });
  } else if (name === "bootstrap-token") {
    for (const { token, description } of documents.get("InitConfiguration")?.bootstrapTokens ?? []) {
      const [id = "", secret = ""] = token.split(".");
      cluster.put({
        apiVersion: "v1",
        kind: "Secret",
        metadata: metadata(`bootstrap-token-${id}`),
        type: "bootstrap.kubernetes.io/token",
        stringData: { "token-id": id, "token-secret": secret, description },
      });
    }
  } else if (name === "addon all") {
    cluster.put({ apiVersion: "apps/v1", kind: "Deployment", metadata: metadata("coredns") });
    cluster.put({ apiVersion: "apps/v1", kind: "DaemonSet", metadata: metadata("kube-proxy") });
    cluster.put({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "kubeadm:node-proxier" },
    });
    const first = cluster.list("Node")[0]?.metadata.name ?? "";
    cluster.put({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...metadata("coredns-0"), labels: { "k8s-app": "kube-dns" } },
      spec: { nodeName: first },
    });
    cluster.put({
      apiVersion: "v1",
      kind: "Service",
      metadata: metadata("kube-dns"),
      spec: { selector: { "k8s-app": "kube-dns" }, clusterIP: dnsAddress(cluster), ports: [{ port: 53 }] },
    });
  } else if (name !== "mark-control-plane" && name !== "kubelet-finalize all") return unknown(call);
  return 0;
}

function dnsAddress(cluster: Cluster): string {
  return cluster.options.serviceCIDR.replace(/\d+\/\d+$/, "10");
}

function join(call: Call, documents: Documents): number {
  const { machine } = call.shell;
  const found = complaints(
    machine,
    ["/etc/kubernetes/kubelet.conf", "/etc/kubernetes/pki/ca.crt"],
    ["pause", "kube-proxy"],
  );
  if (found.length > 0) return refuse(call, found);
  const wanted = documents.get("JoinConfiguration") ?? unknown(call);
  const { tlsBootstrapToken, file } = wanted.discovery ?? unknown(call);
  const reached = clusterBehind(machine, machine.files.read(file.kubeConfigPath));
  if (!("cluster" in reached)) {
    call.stderr.write(
      `error execution phase preflight: couldn't validate the identity of the API Server: ${reached.problem}\n`,
    );
    return 1;
  }
  const { cluster } = reached;
  machine.files.plant("/etc/kubernetes/pki/ca.crt", cluster.ca.pem);
  machine.files.plant("/etc/kubernetes/bootstrap-kubelet.conf", kubeconfig(machine, cluster, "    token: x\n"), 0o600);
  if (!knows(cluster, tlsBootstrapToken)) {
    call.stderr.write(
      "error execution phase kubelet-start: error uploading crisocket: Unauthorized: timed out waiting for TLS Bootstrap\n",
    );
    return 1;
  }
  const name = wanted.nodeRegistration?.name ?? machine.name;
  writeCredentials(machine, cluster, name);
  machine.files.remove("/etc/kubernetes/bootstrap-kubelet.conf");
  if (!start(machine, "kubelet.service")) return refuse(call, ["[ERROR kubelet]: the kubelet is no service"]);
  cluster.register(machine, name, { labels: {}, taints: wanted.nodeRegistration?.taints ?? [] });
  settleAgent(machine);
  call.stdout.write("This node has joined the cluster\n");
  return 0;
}

function knows(cluster: Cluster, token: string): boolean {
  const [id = "", secret = ""] = token.split(".");
  const data = cluster.find("Secret", `bootstrap-token-${id}`, "kube-system")?.data;
  const stored =
    typeof data === "object" && data !== null && "token-secret" in data ? String(data["token-secret"]) : "";
  return Buffer.from(stored, "base64").toString("latin1") === secret && secret !== "";
}

function writeCredentials(machine: Machine, cluster: Cluster, name: string): void {
  const certificate = cluster.issue(`system:node:${name}`);
  const client = "/var/lib/kubelet/pki/kubelet-client-current.pem";
  machine.files.plant("/etc/kubernetes/pki/ca.crt", cluster.ca.pem);
  machine.files.plant(client, certificate.pem + certificate.key, 0o600);
  machine.files.plant(
    "/etc/kubernetes/kubelet.conf",
    kubeconfig(machine, cluster, `    client-certificate: ${client}\n    client-key: ${client}\n`),
    0o600,
  );
  machine.files.plant("/var/lib/kubelet/config.yaml", "kind: KubeletConfiguration\n");
  machine.files.plant("/var/lib/kubelet/kubeadm-flags.env", "KUBELET_KUBEADM_ARGS=\n");
}

function embedded(cluster: Cluster, name: string): string {
  const { pem, key } = cluster.issue(name);
  const encode = (text: string) => Buffer.from(text).toString("base64");
  return `    client-certificate-data: ${encode(pem)}\n    client-key-data: ${encode(key)}\n`;
}

function kubeconfig(_machine: Machine, cluster: Cluster, user: string): string {
  return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${Buffer.from(cluster.ca.pem).toString("base64")}
    server: https://${cluster.options.controlPlane.internalAddress}:6443
  name: kubernetes
kind: Config
users:
- name: user
  user:
${user}`;
}

function nodePrefix(extraArgs: unknown): number {
  const found = /node-cidr-mask-size[^\d]+(\d+)/.exec(JSON.stringify(extraArgs ?? {}));
  return Number(found?.[1] ?? 24);
}

function reset(machine: Machine): number {
  stop(machine, "kubelet.service");
  machine.pods.clear();
  for (const path of ["/etc/kubernetes/manifests", "/etc/kubernetes/pki", "/var/lib/kubelet", "/var/lib/etcd"]) {
    for (const name of machine.files.list(path)) machine.files.remove(`${path}/${name}`);
  }
  for (const name of machine.files.list("/etc/kubernetes")) {
    if (name.endsWith(".conf")) machine.files.remove(`/etc/kubernetes/${name}`);
  }
  machine.controlPlane = undefined;
  return 0;
}
