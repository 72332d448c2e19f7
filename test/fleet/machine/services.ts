import type { Machine } from "./machine.ts";

const socket = "/run/containerd/containerd.sock";

/** Starts containerd: its socket is new, its state is where it was. */
export function startContainerd(machine: Machine): boolean {
  if (machine.pathOf("containerd") === undefined) return false;
  for (const folder of ["/var/lib/containerd/io.containerd.metadata.v1.bolt", "/opt/containerd"]) {
    machine.files.makeDirectory(folder);
  }
  const store = "/var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db";
  if (!machine.files.exists(store)) {
    machine.files.plant(store, "images\n");
    machine.images.clear();
  }
  machine.files.socket(socket);
  return true;
}

export function stopContainerd(machine: Machine): void {
  if (machine.files.exists(socket)) machine.files.remove(socket);
}

/** What a kubelet with a configuration changes on its machine. */
export function startKubelet(machine: Machine): void {
  if (!machine.files.exists("/var/lib/kubelet/config.yaml")) return;
  const settings = { "vm/overcommit_memory": "1", "kernel/panic": "10", "kernel/panic_on_oops": "1" };
  for (const [name, value] of Object.entries(settings)) machine.files.write(`/proc/sys/${name}`, `${value}\n`);
  for (const folder of ["/var/log/pods", "/var/log/containers", "/var/lib/kubelet/pods"])
    machine.files.makeDirectory(folder);
}

/** Whether containers can run. */
export function containerdServes(machine: Machine): boolean {
  return machine.up && machine.active.has("containerd.service") && machine.files.exists(socket);
}

/** Whether the kubelet runs and has joined. */
export function kubeletServes(machine: Machine): boolean {
  return (
    machine.up &&
    machine.active.has("kubelet.service") &&
    machine.files.exists("/var/lib/kubelet/config.yaml") &&
    machine.files.exists("/etc/kubernetes/kubelet.conf")
  );
}
