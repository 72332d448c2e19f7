import type { Machine } from "../machine/machine.ts";
import { containerdServes, kubeletServes } from "../machine/services.ts";
import { readAll } from "../shell/streams.ts";
import { type Call, type Program, parsed, unknown } from "./program.ts";

const configurationPath = "/etc/containerd/config.toml";
const defaults = 'version = 2\n[plugins."io.containerd.grpc.v1.cri"]\n  sandbox_image = "registry.k8s.io/pause:3.6"\n';

/** containerd and its client. */
export const containerdPrograms: Readonly<Record<string, Program>> = {
  containerd: (call) => {
    const { machine } = call.shell;
    const asked = call.args.join(" ");
    if (asked === "--version") {
      const version = (machine.packages.get("containerd") ?? "").replace(/-.*/, "");
      call.stdout.write(
        `containerd github.com/containerd/containerd ${version} ${machine.packages.get("containerd")}\n`,
      );
    } else if (asked === "config dump") call.stdout.write(machine.files.readIfThere(configurationPath) ?? defaults);
    else return unknown(call);
    return 0;
  },
  runc: (call) => {
    if (call.args.join(" ") !== "--version") return unknown(call);
    call.stdout.write("runc version 1.1.5+ds1\n");
    return 0;
  },
  ctr: (call) => {
    const { machine } = call.shell;
    if (!containerdServes(machine)) {
      call.stderr.write('ctr: failed to dial "/run/containerd/containerd.sock": connection refused\n');
      return 1;
    }
    const { options, operands } = parsed(call, ["-n=", "-q", "--force", "--sync"]);
    const [what, verb, ...rest] = operands;
    const act = verbs[`${what} ${verb}`];
    return act === undefined
      ? unknown(call)
      : act(call, machine, { rest, names: options.has("-q"), namespace: options.get("-n") ?? "default" });
  },
};

interface Asked {
  readonly rest: readonly string[];
  readonly names: boolean;
  readonly namespace: string;
}

const verbs: Readonly<Record<string, (call: Call, machine: Machine, asked: Asked) => number>> = {
  "plugins ls": (call) => {
    call.stdout.write(
      "TYPE                    ID     PLATFORMS      STATUS\nio.containerd.grpc.v1   cri    linux/amd64    ok\n",
    );
    return 0;
  },
  "namespaces ls": (call, machine) => {
    if (machine.images.size > 0 || machine.files.exists(usedMark)) call.stdout.write("k8s.io\n");
    return 0;
  },
  "namespaces remove": (_call, machine) => {
    if (machine.files.exists(usedMark)) machine.files.remove(usedMark);
    return 0;
  },
  "tasks ls": (call, machine) => {
    call.stdout.write("TASK    PID    STATUS\n");
    for (const task of tasks(machine)) call.stdout.write(`${task}    100    RUNNING\n`);
    return 0;
  },
  "containers ls": (call, machine) => {
    for (const task of tasks(machine)) call.stdout.write(`${task}\n`);
    return 0;
  },
  "tasks delete": () => 0,
  "containers delete": () => 0,
  "images ls": (call, machine, { names }) => {
    if (!names) call.stdout.write("REF TYPE DIGEST SIZE PLATFORMS LABELS\n");
    for (const [name, labels] of machine.images) {
      const shown = [...labels].map(([key, value]) => `${key}=${value}`).join(",") || "-";
      call.stdout.write(names ? `${name}\n` : `${name} application/x sha256:0 1.0 MiB linux/amd64 ${shown}\n`);
    }
    return 0;
  },
  "images import": (call, machine, { rest }) => {
    if (rest.join(" ") !== "-") return unknown(call);
    machine.needSpace();
    const found = imagesIn(readAll(call.stdin));
    if (found.length === 0) {
      call.stderr.write("ctr: unrecognized image format\n");
      return 1;
    }
    machine.files.plant(usedMark, "");
    for (const name of found) machine.images.set(name, new Map());
    return 0;
  },
  "images label": (call, machine, { rest: [name = "", ...pairs] }) => {
    const labels = machine.images.get(name);
    if (labels === undefined) {
      call.stderr.write(`ctr: image "${name}": not found\n`);
      return 1;
    }
    for (const pair of pairs) labels.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    return 0;
  },
  "images rm": (_call, machine, { rest }) => {
    for (const name of rest) machine.images.delete(name);
    return 0;
  },
};

/** containerd keeps a namespace that was used once, as long as its state is kept. */
const usedMark = "/var/lib/containerd/io.containerd.metadata.v1.bolt/namespace-k8s.io";

function tasks(machine: Machine): readonly string[] {
  return kubeletServes(machine) ? ["kube-proxy", ...[...machine.pods.keys()]] : [];
}

/** The names of the images in a `docker save` archive. */
function imagesIn(tar: string): readonly string[] {
  for (let at = 0; at + 512 <= tar.length; ) {
    const name = tar.slice(at, at + 100).replace(/\0.*$/s, "");
    const size = Number.parseInt(tar.slice(at + 124, at + 136), 8) || 0;
    if (name === "manifest.json") {
      const names = [...tar.slice(at + 512, at + 512 + size).matchAll(/"RepoTags":\s*\[([^\]]*)\]/g)].map(
        ([, list = ""]) => list,
      );
      return names.flatMap((list) => list.match(/(?<=")[^",]+(?=")/g) ?? []).filter((text) => text !== ",");
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return [];
}
