import { runLocal } from "../../../src/engine/local-command.ts";
import type { TestCluster } from "./test-cluster.ts";

/** Something that goes wrong around an install that runs. */
export interface LabFault {
  readonly name: string;
  readonly title: string;
  /** When it begins. */
  readonly at: { readonly boundary: string; readonly delay: number };
  /** Milliseconds after which it is lifted; it holds until the run has ended unless told. */
  readonly holds?: number;
  /** How the disturbed run may end; 0 only with a healthy cluster. */
  readonly allowed: readonly number[];
  /** The installer is killed so many milliseconds after the fault began, while it holds. */
  readonly killAfter?: number;
  /** Variables for the disturbed run alone. */
  prepare?(cluster: TestCluster): Promise<Readonly<Record<string, string>>>;
  begin(cluster: TestCluster): Promise<unknown>;
  lift(cluster: TestCluster): Promise<unknown>;
}

const halfMinute = 30_000;
const minute = 60_000;
const nothing = async () => undefined;

/** 0 it got through, 1 a step failed, 4 a node is lost, 6 a worker was set aside. */
const workerLost = [0, 6];
const controlPlaneLost = [0, 1, 4];

/** Every fault an install is tried with, each on a worker and on the control plane where that differs. */
export const labFaults: readonly LabFault[] = [
  {
    name: "reboot-worker",
    title: "the worker restarts while images are imported",
    at: { boundary: "runtime.images@w-1:started", delay: 1000 },
    allowed: workerLost,
    begin: ({ machines }) => machines.fault("w-1", "reboot"),
    lift: nothing,
  },
  {
    name: "power-cut-worker-join",
    title: "the worker loses power while it joins",
    at: { boundary: "kubeadm.join@w-1:started", delay: 4000 },
    allowed: workerLost,
    begin: ({ machines }) => machines.fault("w-1", "power-off"),
    lift: ({ machines }) => machines.fault("w-1", "power-on"),
  },
  {
    name: "reboot-control-plane",
    title: "the control plane restarts while it is initialised",
    at: { boundary: "kubeadm.init@cp-1:started", delay: 6000 },
    allowed: controlPlaneLost,
    begin: ({ machines }) => machines.fault("cp-1", "reboot"),
    lift: nothing,
  },
  {
    name: "power-cut-control-plane",
    title: "the control plane loses power while packages are installed",
    at: { boundary: "os.packages@cp-1:started", delay: 4000 },
    allowed: controlPlaneLost,
    begin: ({ machines }) => machines.fault("cp-1", "power-off"),
    lift: ({ machines }) => machines.fault("cp-1", "power-on"),
  },
  {
    name: "cut-30s-worker",
    title: "the worker's cable is out for 30 s while images are imported",
    at: { boundary: "runtime.images@w-1:started", delay: 1000 },
    holds: halfMinute,
    allowed: workerLost,
    begin: ({ machines }) => machines.fault("w-1", "link-down"),
    lift: ({ machines }) => machines.fault("w-1", "link-up"),
  },
  {
    name: "cut-30s-control-plane",
    title: "the control plane's cable is out for 30 s while it is initialised",
    at: { boundary: "kubeadm.init@cp-1:started", delay: 5000 },
    holds: halfMinute,
    allowed: controlPlaneLost,
    begin: ({ machines }) => machines.fault("cp-1", "link-down"),
    lift: ({ machines }) => machines.fault("cp-1", "link-up"),
  },
  {
    name: "ssh-reset-30s",
    title: "the control plane resets every SSH connection for 30 s while it is initialised",
    at: { boundary: "kubeadm.init@cp-1:started", delay: 3000 },
    holds: halfMinute,
    allowed: controlPlaneLost,
    begin: ({ machines }) => machines.inNode("cp-1", `iptables -w -I INPUT ${rejectSsh}`),
    lift: ({ machines }) => machines.inNode("cp-1", `iptables -w -D INPUT ${rejectSsh}`),
  },
  {
    name: "loss-20",
    title: "20 % of all frames of both nodes are lost, from the initialisation on",
    at: { boundary: "kubeadm.init@cp-1:started", delay: 0 },
    allowed: [0, 1, 4, 6],
    begin: ({ machines, nodes }) => Promise.all(nodes.map((node) => machines.fault(node, "loss", "20"))),
    lift: ({ machines, nodes }) => Promise.all(nodes.map((node) => machines.fault(node, "loss", "0"))),
  },
  {
    name: "disk-full-worker",
    title: "the worker's disk is full when images are imported",
    at: { boundary: "runtime.images@w-1:started", delay: 500 },
    allowed: workerLost,
    begin: ({ machines }) => machines.fault("w-1", "disk-full"),
    lift: ({ machines }) => machines.fault("w-1", "disk-free"),
  },
  {
    name: "disk-full-control-plane",
    title: "the control plane's disk is full while it is initialised",
    at: { boundary: "kubeadm.init@cp-1:started", delay: 5000 },
    allowed: controlPlaneLost,
    begin: ({ machines }) => machines.fault("cp-1", "disk-full"),
    lift: ({ machines }) => machines.fault("cp-1", "disk-free"),
  },
  {
    name: "api-down-60s",
    title: "the API server is away for 60 s while a worker joins",
    at: { boundary: "kubeadm.join@w-1:started", delay: 1000 },
    holds: minute,
    allowed: [0, 1, 6],
    begin: ({ machines }) => machines.inNode("cp-1", `mv ${apiServer} /root/ && pkill -9 -x kube-apiserver || true`),
    lift: ({ machines }) => machines.inNode("cp-1", `mv /root/kube-apiserver.yaml ${apiServer}`),
  },
  {
    name: "own-disk-full",
    title: "the installer's own state and cache are on a disk that is full from the first step on",
    at: { boundary: "os.packages@cp-1:started", delay: 0 },
    allowed: [0, 1],
    prepare: async ({ name }) => {
      const folder = ownDisk(name);
      await onThisMachine("mkdir", "-p", folder);
      const mount = 'mountpoint -q "$1" || mount -t tmpfs -o size=1m,mode=0700 tmpfs "$1"';
      await onThisMachine("sh", "-c", mount, "sh", folder);
      return { XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder };
    },
    begin: ({ name }) =>
      onThisMachine("sh", "-c", 'cat /dev/zero >"$1/filler" 2>/dev/null || true', "sh", ownDisk(name)),
    lift: async ({ name }) => {
      await onThisMachine("umount", ownDisk(name));
      await onThisMachine("rmdir", ownDisk(name));
    },
  },
  {
    name: "killed-while-cut",
    title: "the installer is killed while the worker's cable is out",
    at: { boundary: "runtime.images@w-1:started", delay: 1000 },
    killAfter: 5000,
    allowed: [],
    begin: ({ machines }) => machines.fault("w-1", "link-down"),
    lift: ({ machines }) => machines.fault("w-1", "link-up"),
  },
  {
    name: "killed-while-api-down",
    title: "the installer is killed while the API server is away and a worker joins",
    at: { boundary: "kubeadm.join@w-1:started", delay: 1000 },
    killAfter: 10_000,
    allowed: [],
    begin: ({ machines }) => machines.inNode("cp-1", `mv ${apiServer} /root/ && pkill -9 -x kube-apiserver || true`),
    lift: ({ machines }) => machines.inNode("cp-1", `mv /root/kube-apiserver.yaml ${apiServer}`),
  },
];

const apiServer = "/etc/kubernetes/manifests/kube-apiserver.yaml";
const rejectSsh = "-p tcp --dport 22 -j REJECT --reject-with tcp-reset";
const ownDisk = (lab: string) => `/run/kube-installer-chaos-${lab}`;
const onThisMachine = (program: string, ...args: readonly string[]) =>
  runLocal(program, args, { signal: AbortSignal.timeout(minute) });
