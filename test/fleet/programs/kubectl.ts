import { load } from "js-yaml";
import { type Cluster, nodeNameOf, specOf } from "../cluster/cluster.ts";
import { jsonPatched } from "../cluster/json-patch.ts";
import { jsonPath } from "../cluster/json-path.ts";
import { type ApiObject, type Kind, kindNamed, kindOf } from "../cluster/objects.ts";
import { shown, shownList } from "../cluster/views.ts";
import { clusterBehind } from "../machine/reach-cluster.ts";
import { readAll } from "../shell/streams.ts";
import { type Call, type Parsed, type Program, parsed, unknown } from "./program.ts";

const options = [
  ...[
    "--kubeconfig=",
    "--cache-dir=",
    "--request-timeout=",
    "-n=",
    "--namespace=",
    "-o=",
    "--output=",
    "-l=",
    "--selector=",
  ],
  ...[
    "--field-selector=",
    "-f=",
    "--filename=",
    "--raw=",
    "--tail=",
    "--ignore-not-found",
    "--overwrite",
    "--client",
    "--type=",
    "--patch=",
    "--short",
  ],
];

interface Request extends Parsed {
  readonly call: Call;
  readonly cluster: Cluster;
  readonly namespace: string;
  /** The node whose kubelet asks; absent for an administrator. */
  readonly asNode?: string;
}

/** What kubectl is asked, answered out of the cluster the kubeconfig leads to. */
export const kubectlPrograms: Readonly<Record<string, Program>> = {
  kubectl: (call) => {
    const { options: given, operands } = parsed(call, options);
    const [verb = "", ...rest] = operands;
    if (verb === "version") {
      const version = versionOf(call);
      call.stdout.write(`Client Version: version.Info{Major:"1", GitVersion:"v${version}"}\n`);
      return 0;
    }
    const path = given.get("--kubeconfig") ?? call.variable("KUBECONFIG") ?? "";
    const kubeconfig = call.shell.machine.files.readIfThere(path);
    if (kubeconfig === undefined) return fail(call, `error: stat ${path}: no such file or directory`);
    const reached = clusterBehind(call.shell.machine, kubeconfig);
    if (!("cluster" in reached)) return fail(call, reached.problem);
    reached.cluster.reconcile();
    const asNode = /client-certificate: /.test(kubeconfig) ? call.shell.machine.name : undefined;
    const namespace = clean(given.get("-n") ?? given.get("--namespace") ?? "default");
    const request = {
      options: given,
      operands: rest,
      call,
      cluster: reached.cluster,
      namespace,
      ...(asNode === undefined ? {} : { asNode }),
    };
    return (verbs[verb] ?? unknown(call))(request);
  },
};

/** The version a program of the bundle was made for, which stands in its file. */
export function versionOf(call: Call): string {
  const path = call.shell.machine.pathOf(call.name) ?? "";
  return /this is \S+ v?(\d+\.\d+\.\d+)/.exec(call.shell.machine.files.read(path))?.[1] ?? unknown(call);
}

const verbs: Readonly<Record<string, (request: Request) => number>> = {
  get: (request) => {
    const { call, options: given, operands, cluster } = request;
    if (given.get("--raw") === "/readyz") {
      call.stdout.write("ok");
      return 0;
    }
    const [first = "", ...names] = operands;
    const slashed = first.includes("/");
    const wanted = slashed
      ? operands.map((operand) => operand.split("/", 2))
      : first.split(",").flatMap((type) => (names.length === 0 ? [[type]] : names.map((name) => [type, name])));
    const single = wanted.length === 1 && wanted[0]?.[1] !== undefined;
    const found: ApiObject[] = [];
    for (const [type = "", name] of wanted) {
      const kind = kindNamed(type) ?? unknown(call);
      const scope = kind.namespaced ? request.namespace : undefined;
      const refusal = forbidden(request, kind, name);
      if (refusal !== undefined) return fail(call, refusal);
      if (name === undefined) found.push(...selected(shownList(cluster, kind.kind, scope), request));
      else {
        const object = findShown(cluster, kind, name, scope);
        if (object !== undefined) found.push(object);
        else if (!given.has("--ignore-not-found"))
          return fail(call, `Error from server (NotFound): ${type}s "${name}" not found`);
      }
    }
    return print(request, found, single);
  },
  create: (request) => store(request, (object, there) => (there ? "AlreadyExists" : request.cluster.put(object))),
  apply: (request) => store(request, (object) => request.cluster.put(object)),
  replace: (request) =>
    store(request, (object, there) => {
      if (there === undefined) return "NotFound";
      const { resourceVersion } = object.metadata;
      return (resourceVersion ?? "") !== "" && resourceVersion !== there.metadata.resourceVersion
        ? "Conflict"
        : request.cluster.put(object);
    }),
  delete: (request) => {
    const { call, cluster, operands, namespace, options: given } = request;
    const [types = "", ...names] = operands;
    for (const type of types.split(",")) {
      const kind = kindNamed(type.split("/")[0] ?? "") ?? unknown(call);
      const objects = cluster.list(kind.kind, kind.namespaced ? namespace : undefined);
      const wanted = [...names, ...(type.includes("/") ? [type.split("/")[1] ?? ""] : [])];
      const doomed =
        wanted.length === 0
          ? selected(objects, request)
          : objects.filter(({ metadata }) => wanted.includes(metadata.name));
      if (doomed.length < wanted.length && !given.has("--ignore-not-found"))
        return fail(call, `Error from server (NotFound): ${type} not found`);
      for (const object of doomed) {
        cluster.remove(object);
        call.stdout.write(`${kind.name} "${object.metadata.name}" deleted\n`);
      }
    }
    return 0;
  },
  patch: (request) => {
    const { call, cluster, operands, namespace, options: given } = request;
    const [type = "", name = ""] = operands;
    const kind = kindNamed(type) ?? unknown(call);
    if (given.get("--type") !== "json") return unknown(call);
    const object = cluster.find(kind.kind, name, kind.namespaced ? namespace : "");
    if (object === undefined) return fail(call, `Error from server (NotFound): ${type} "${name}" not found`);
    const patched = jsonPatched(object, JSON.parse(given.get("--patch") ?? "[]"));
    if (patched === undefined) return fail(call, "The request is invalid: the test of the patch failed");
    cluster.put(patched);
    call.stdout.write(`${kind.name}/${name} patched\n`);
    return 0;
  },
  label: (request) =>
    mark(request, (node, key, value) => ({
      ...node,
      metadata: { ...node.metadata, labels: { ...node.metadata.labels, [key]: value } },
    })),
  annotate: (request) =>
    mark(request, (node, key, value) => ({
      ...node,
      metadata: { ...node.metadata, annotations: { ...node.metadata.annotations, [key]: value } },
    })),
  taint: (request) =>
    mark(request, (node, key, value) => {
      const [text = "", effect = ""] = value === "" ? ["", key.split(":")[1]] : value.split(":");
      const name = key.split(":")[0] ?? "";
      const spec = specOf(node);
      const taints = (Array.isArray(spec.taints) ? spec.taints : []).filter(
        (taint) => taint.key !== name || taint.effect !== effect,
      );
      return {
        ...node,
        spec: { ...spec, taints: [...taints, { key: name, effect, ...(text === "" ? {} : { value: text }) }] },
      };
    }),
  logs: (request) => throughKubelet(request),
  exec: (request) => throughKubelet(request),
};

function findShown(cluster: Cluster, kind: Kind, name: string, namespace: string | undefined): ApiObject | undefined {
  if (kind.kind === "Endpoints")
    return shownList(cluster, kind.kind, namespace).find(({ metadata }) => metadata.name === name);
  const object = cluster.find(kind.kind, name, namespace ?? "");
  return object === undefined ? undefined : shown(cluster, object);
}

function store(request: Request, act: (object: ApiObject, there: ApiObject | undefined) => ApiObject | string): number {
  const { call, cluster, options: given, namespace } = request;
  if ((given.get("-f") ?? given.get("--filename")) !== "-") return unknown(call);
  const document: unknown = load(Buffer.from(readAll(call.stdin), "latin1").toString("utf8"));
  for (const given of objectsIn(document)) {
    const kind = kindOf(given) ?? unknown({ ...call, args: [...call.args, given.kind] });
    const object =
      kind.namespaced && given.metadata.namespace === undefined
        ? { ...given, metadata: { ...given.metadata, namespace } }
        : given;
    const stored = act(
      object,
      cluster.find(object.kind, object.metadata.name, kind.namespaced ? (object.metadata.namespace ?? "") : ""),
    );
    if (typeof stored === "string")
      return fail(call, `Error from server (${stored}): ${kind.name} "${object.metadata.name}" ${stored}`);
    call.stdout.write(`${kind.name}/${object.metadata.name} stored\n`);
  }
  cluster.reconcile();
  return 0;
}

function objectsIn(document: unknown): readonly ApiObject[] {
  if (typeof document !== "object" || document === null) return [];
  if ("items" in document && Array.isArray(document.items)) return document.items.flatMap(objectsIn);
  return isApiObject(document) ? [document] : [];
}

function isApiObject(value: object): value is ApiObject {
  return "kind" in value && "metadata" in value && "apiVersion" in value;
}

function mark(request: Request, change: (node: ApiObject, key: string, value: string) => ApiObject): number {
  const { call, cluster, operands } = request;
  const [type, name = "", ...pairs] = operands;
  const node = cluster.find("Node", name);
  if (type !== "node") return unknown(call);
  if (node === undefined) return fail(call, `Error from server (NotFound): nodes "${name}" not found`);
  cluster.put(
    pairs.reduce((object, pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? change(object, pair, "") : change(object, pair.slice(0, equals), pair.slice(equals + 1));
    }, node),
  );
  call.stdout.write(`node/${name} marked\n`);
  return 0;
}

function throughKubelet({ call, cluster, operands, namespace }: Request): number {
  const pod = cluster.find("Pod", operands[0] ?? "", namespace);
  if (pod === undefined) return fail(call, `Error from server (NotFound): pods "${operands[0]}" not found`);
  return cluster.isReady(nodeNameOf(pod)) ? 0 : fail(call, "error dialing backend: connection refused");
}

/** A kubelet's credentials show its own Node and little else. */
function forbidden({ asNode, cluster, call }: Request, kind: Kind, name: string | undefined): string | undefined {
  if (asNode === undefined) return undefined;
  if (kind.kind !== "Node" || (name !== undefined && name !== asNode))
    return `Error from server (Forbidden): nodes is forbidden: User "system:node:${asNode}" cannot look at it`;
  const certificate = call.shell.machine.files.readIfThere("/var/lib/kubelet/pki/kubelet-client-current.pem");
  return certificate === undefined || cluster.machineOf(asNode) === undefined
    ? "error: You must be logged in to the server (Unauthorized)"
    : undefined;
}

function selected(objects: readonly ApiObject[], { options: given, call }: Request): readonly ApiObject[] {
  const selector = clean(given.get("-l") ?? given.get("--selector") ?? "");
  const field = clean(given.get("--field-selector") ?? "");
  if (field !== "" && !field.startsWith("type=")) return unknown(call);
  return objects.filter(({ metadata, type }) => {
    const [name = "", value] = selector.split("=");
    const label = metadata.labels?.[name];
    const labelled = selector === "" || (value === undefined ? label !== undefined : label === value);
    return labelled && (field === "" || type === field.slice("type=".length));
  });
}

function print(request: Request, found: readonly ApiObject[], single: boolean): number {
  const { call, options: given } = request;
  const output = clean(given.get("-o") ?? given.get("--output") ?? "");
  const [only] = found;
  const root = single ? only : { apiVersion: "v1", kind: "List", items: found };
  if (output === "name")
    for (const object of found) call.stdout.write(`${kindOf(object)?.name}/${object.metadata.name}\n`);
  else if (output === "json") call.stdout.write(root === undefined ? "" : `${JSON.stringify(root)}\n`);
  else if (output.startsWith("jsonpath="))
    call.stdout.write(root === undefined ? "" : toBytes(jsonPath(output.slice("jsonpath=".length), root)));
  else if (output === "" || output === "wide") table(call, found);
  else return unknown(call);
  return 0;
}

function table(call: Call, found: readonly ApiObject[]): void {
  call.stdout.write("NAME   STATUS\n");
  for (const { metadata, status } of found) {
    const conditions =
      typeof status === "object" && status !== null && "conditions" in status && Array.isArray(status.conditions)
        ? status.conditions
        : [];
    const ready = conditions.some((condition) => condition.type === "Ready" && condition.status === "True");
    call.stdout.write(`${metadata.name}   ${ready ? "Ready" : "NotReady"}\n`);
  }
}

/** `-o=wide` arrives as `=wide`. */
function clean(value: string): string {
  return value.replace(/^=/, "");
}

function toBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function fail(call: Call, message: string): number {
  call.stderr.write(`${message}\n`);
  return 1;
}
