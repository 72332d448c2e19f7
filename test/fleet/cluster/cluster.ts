import type { Machine } from "../machine/machine.ts";
import { containerdServes, kubeletServes } from "../machine/services.ts";
import type { Random } from "../random.ts";
import { type Certificate, createAuthority } from "./certificates.ts";
import { type ApiObject, kindOf } from "./objects.ts";

export interface ClusterOptions {
  readonly controlPlane: Machine;
  readonly version: string;
  readonly podCIDR: string;
  readonly serviceCIDR: string;
  readonly nodePrefix: number;
  /** The ClusterConfiguration as kubeadm keeps it, YAML. */
  readonly configuration: string;
}

/** As many as a kubelet reports: they make most of a Node, so that whole ones of a large cluster are too much to print. */
const usualImages = Array.from({ length: 50 }, (_, index) => ({
  names: [`registry.example.com/team/application-${index}@sha256:${"0".repeat(64)}`],
  sizeBytes: 1_000_000 * index,
}));

/** One Kubernetes cluster: its objects, and what its controllers make of them. */
export class Cluster {
  readonly options: ClusterOptions;
  readonly ca: Certificate;
  /** The objects of each kind, by namespace and name. */
  readonly #objects = new Map<string, Map<string, ApiObject>>();
  readonly #issue: (commonName: string) => Certificate;
  readonly #members = new Map<string, Machine>();
  readonly #random: Random;
  readonly #podsToStart = new Set<string>();
  /** The start of each member that its pods were started after. */
  readonly #boots = new Map<string, number>();
  /** Until when the API answers nobody, by this process's clock. */
  downUntil = 0;
  #revision = 100;
  #ranges = 0;
  #services = 100;

  constructor(options: ClusterOptions) {
    this.options = options;
    this.#random = options.controlPlane.random.fork("cluster");
    const authority = createAuthority("kubernetes");
    this.ca = authority.certificate;
    this.#issue = authority.issue;
  }

  issue(commonName: string): Certificate {
    return this.#issue(commonName);
  }

  /** Whether the API server runs and answers. */
  get answers(): boolean {
    const { controlPlane } = this.options;
    return (
      Date.now() >= this.downUntil &&
      controlPlane.controlPlane === this &&
      containerdServes(controlPlane) &&
      controlPlane.active.has("kubelet.service") &&
      controlPlane.files.exists("/etc/kubernetes/manifests/kube-apiserver.yaml")
    );
  }

  /** How many machines have registered. */
  get members(): number {
    return this.#members.size;
  }

  machineOf(node: string): Machine | undefined {
    return this.#members.get(node);
  }

  /** Takes a machine in as a Node with a range of pod addresses of its own. */
  register(
    machine: Machine,
    name: string,
    { labels, taints }: { labels: Record<string, string>; taints: readonly unknown[] },
  ): void {
    this.#members.set(name, machine);
    this.#boots.set(name, machine.boots);
    if (this.find("Node", name) !== undefined) return;
    const range = this.#ranges++;
    this.put({
      apiVersion: "v1",
      kind: "Node",
      metadata: { name, labels: { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux", ...labels } },
      spec: { podCIDR: rangeIn(this.options.podCIDR, this.options.nodePrefix, range), taints },
      status: {
        addresses: [
          { type: "InternalIP", address: machine.internalAddress },
          { type: "Hostname", address: name },
        ],
        nodeInfo: { kubeletVersion: `v${this.options.version}`, osImage: "Debian GNU/Linux 12 (bookworm)" },
        images: usualImages,
      },
    });
    this.put({
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name: this.#freeName("kube-proxy-"),
        namespace: "kube-system",
        labels: { "k8s-app": "kube-proxy" },
      },
      spec: { nodeName: name, hostNetwork: true },
    });
  }

  /** The API refuses a name that is taken, and who asked for any name then tries another one. */
  #freeName(prefix: string): string {
    let name: string;
    do name = `${prefix}${this.#random.text(5)}`;
    while (this.find("Pod", name, "kube-system") !== undefined);
    return name;
  }

  find(kind: string, name: string, namespace = ""): ApiObject | undefined {
    return this.#objects.get(kind)?.get(key(namespace, name));
  }

  list(kind: string, namespace?: string): readonly ApiObject[] {
    const found: ApiObject[] = [];
    for (const object of this.#objects.get(kind)?.values() ?? []) {
      if (namespace === undefined || (object.metadata.namespace ?? "") === namespace) found.push(object);
    }
    return found;
  }

  #ofKind(kind: string): Map<string, ApiObject> {
    const known = this.#objects.get(kind);
    if (known !== undefined) return known;
    const made = new Map<string, ApiObject>();
    this.#objects.set(kind, made);
    return made;
  }

  /** Stores an object; what it lacks and the API gives is added. */
  put(given: ApiObject): ApiObject {
    const namespace = kindOf(given)?.namespaced === true ? (given.metadata.namespace ?? "default") : undefined;
    const before = this.find(given.kind, given.metadata.name, namespace ?? "");
    const object: ApiObject = {
      ...withStoredData(given),
      metadata: {
        ...given.metadata,
        ...(namespace === undefined ? {} : { namespace }),
        uid: before?.metadata.uid ?? this.#uid(),
        creationTimestamp: before?.metadata.creationTimestamp ?? new Date().toISOString(),
        resourceVersion: String(this.#revision++),
      },
    };
    const stored = this.#completed(object, before);
    this.#ofKind(stored.kind).set(key(namespace ?? "", stored.metadata.name), stored);
    if (stored.kind === "Pod") this.#podsToStart.add(stored.metadata.name);
    return stored;
  }

  remove(object: ApiObject): void {
    this.#ofKind(object.kind).delete(key(object.metadata.namespace ?? "", object.metadata.name));
    if (object.kind !== "Pod") return;
    this.#podsToStart.delete(object.metadata.name);
    const machine = this.#members.get(nodeNameOf(object));
    const pod = machine?.pods.get(object.metadata.name);
    if (machine === undefined || pod === undefined) return;
    machine.pods.delete(pod.name);
    if (machine.files.exists(pod.space)) machine.files.remove(pod.space);
  }

  /** Whether a Node takes pods: its kubelet runs and its network is set up. */
  isReady(node: string): boolean {
    const machine = this.#members.get(node);
    if (machine === undefined || this.find("Node", node) === undefined) return false;
    return kubeletServes(machine) && containerdServes(machine) && networkIsConfigured(machine);
  }

  /** Lets kubelets start the pods that are theirs. */
  reconcile(): void {
    for (const [name, { boots }] of this.#members) {
      if (this.#boots.get(name) === boots) continue;
      this.#boots.set(name, boots);
      for (const pod of this.list("Pod")) if (nodeNameOf(pod) === name) this.#podsToStart.add(pod.metadata.name);
    }
    for (const name of this.#podsToStart) {
      const pod = this.find("Pod", name, "kube-system") ?? this.find("Pod", name, "default");
      const node = pod === undefined ? "" : nodeNameOf(pod);
      if (pod !== undefined && this.isReady(node)) this.#startPod(pod, node);
    }
  }

  #startPod(pod: ApiObject, node: string): void {
    const machine = this.#members.get(node);
    const { name } = pod.metadata;
    if (machine === undefined) return;
    this.#podsToStart.delete(name);
    if (specOf(pod).hostNetwork === true) return;
    const range = String(specOf(this.find("Node", node)).podCIDR ?? "");
    const used = new Set([...machine.pods.values()].map(({ address }) => address));
    let index = 2;
    while (used.has(addressIn(range, index))) index += 1;
    const space = `/run/netns/cni-${this.#random.text(8)}`;
    machine.files.plant(space, "");
    machine.pods.set(name, { name, address: addressIn(range, index), space });
  }

  #completed(object: ApiObject, before: ApiObject | undefined): ApiObject {
    if (object.kind === "Service" && before === undefined) {
      const spec = specOf(object);
      const ports = Array.isArray(spec.ports) ? spec.ports : [];
      const clusterIP = spec.clusterIP ?? addressIn(this.options.serviceCIDR, this.#services++);
      const nodePorts = ports.map((port: object, index) => ({
        ...port,
        ...(spec.type === "NodePort" ? { nodePort: 30_000 + ((this.#services * 7 + index) % 2700) } : {}),
      }));
      return { ...object, spec: { ...spec, clusterIP, ports: nodePorts } };
    }
    const account = object.metadata.annotations?.["kubernetes.io/service-account.name"];
    if (object.kind === "Secret" && object.type === "kubernetes.io/service-account-token" && account !== undefined) {
      return { ...object, data: before?.data ?? { token: Buffer.from(this.#random.text(40)).toString("base64") } };
    }
    return object;
  }

  #uid(): string {
    const hex = Array.from({ length: 32 }, () => this.#random.integer(16).toString(16)).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }
}

/** The spec of an object, empty when it has none. */
export function specOf(object: ApiObject | undefined): Record<string, unknown> {
  const spec = object?.spec;
  return typeof spec === "object" && spec !== null ? { ...spec } : {};
}

export function nodeNameOf(pod: ApiObject): string {
  return String(specOf(pod).nodeName ?? "");
}

function networkIsConfigured(machine: Machine): boolean {
  return machine.files.list("/etc/cni/net.d").some((name) => name.endsWith(".conflist"));
}

/** What a Secret is given as text is stored as base64. */
function withStoredData(object: ApiObject): ApiObject {
  const { stringData, ...rest } = object;
  if (object.kind !== "Secret" || typeof stringData !== "object" || stringData === null) return object;
  const encoded = Object.entries(stringData).map(([name, value]) => [
    name,
    Buffer.from(String(value)).toString("base64"),
  ]);
  return {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    data: Object.fromEntries(encoded),
  };
}

function key(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function rangeIn(cidr: string, prefix: number, index: number): string {
  return `${addressOf(numberOf(cidr) + index * 2 ** (32 - prefix))}/${prefix}`;
}

/** An address of a range, counted from its first. */
export function addressIn(cidr: string, index: number): string {
  return addressOf(numberOf(cidr) + index);
}

function numberOf(cidr: string): number {
  return cidr
    .replace(/\/.*/, "")
    .split(".")
    .reduce((sum, part) => sum * 256 + Number(part), 0);
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
