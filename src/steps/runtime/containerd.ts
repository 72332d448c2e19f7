import { InstallerError } from "../../engine/errors.ts";
import { differs, missing, satisfied, type Verdict } from "../../engine/step.ts";
import { containerdRange, isInRange } from "../../kubernetes/containerd-versions.ts";
import { sh } from "../../ssh/shell.ts";
import { type Action, type Observation, step } from "../context.ts";
import { putFiles } from "../receipt/put-files.ts";
import { keepService } from "../receipt/services.ts";
import { configurationPath, unfulfilled, wantedConfiguration } from "./containerd-configuration.ts";
import { keepImageNames, undoContainerd } from "./containerd-undo.ts";
import { type ContainerdState, lookAtContainerd } from "./look-at-containerd.ts";
import { mirrorFiles } from "./mirror-files.ts";

export const containerdStep = "runtime.containerd";

/** Configures containerd for this Kubernetes and lets it run; settings and containers of others stay as they are. */
export const containerd = step({
  id: containerdStep,
  title: "Configure containerd",
  on: "node",
  needs: ["os.receipt", "os.packages", "os.modules"],
  check: async (context) => judge(await lookAtContainerd(context), context),
  apply: async (context) => {
    const before = await lookAtContainerd(context);
    await configure(before, context);
    if (before.tasks.length > 0) refuseLoss(before, await lookAtContainerd(context), context.node.name);
  },
  undo: undoContainerd(containerdStep),
});

function judge(state: ContainerdState, { node, spec }: Observation): Verdict {
  if (state.version === undefined) return missing("containerd is not installed");
  refuseUnfit(state.version, node.name, spec.kubernetes.version);
  const faults = [
    ...(state.effective === ""
      ? ["containerd cannot read its configuration"]
      : unfulfilled(state.effective, state.wishes)),
    ...state.staleMirrors.map((path) => `${path} is not as wanted`),
    ...(state.unread ? ["the configuration was changed since containerd started"] : []),
    ...(state.active ? [] : ["containerd does not run"]),
    ...(state.enabled ? [] : ["containerd is not started with the node"]),
    ...(state.active && !state.criServes ? ["its Kubernetes interface does not serve"] : []),
  ];
  if (faults.length === 0) return satisfied(`containerd ${state.version} runs`);
  return differs(faults.join("; "), { danger: restartAmongContainers(state, state.version) });
}

/** The configuration to write, if it is another one, and whether containerd has to be restarted. */
function intended(state: ContainerdState, version: string): { content?: string; restart: boolean } {
  const content = wantedConfiguration(state.configuration, version, state.wishes);
  const changed = content !== state.configuration;
  return {
    ...(changed ? { content } : {}),
    restart: changed || state.unread || !state.active || !state.criServes,
  };
}

function restartAmongContainers(state: ContainerdState, version: string): string | undefined {
  const { tasks } = state;
  if (tasks.length === 0 || !intended(state, version).restart) return undefined;
  const containers = tasks.length === 1 ? "a container runs" : `${tasks.length} containers run`;
  return `containerd restarts while ${containers}; they should outlive it, which is checked afterwards`;
}

async function configure(state: ContainerdState, { node, spec }: Action): Promise<void> {
  const { version } = state;
  if (version === undefined) throw new InstallerError("step-failed", { message: "containerd is not installed." });
  const { content, restart } = intended(state, version);
  await putFiles(
    node,
    containerdStep,
    [
      ...(content === undefined ? [] : [{ path: configurationPath, content }]),
      ...mirrorFiles(spec.runtime.registryMirrors),
    ],
    sh`( ${keepService(containerdStep, "containerd.service")}
)
systemctl enable --quiet containerd
[ -z ${restart ? "yes" : ""} ] || systemctl restart containerd
${keepImageNames(containerdStep)}`,
  );
}

function refuseLoss(before: ContainerdState, after: ContainerdState, node: string): void {
  const lost = before.tasks.filter((task) => !after.tasks.includes(task));
  if (lost.length === 0) return;
  throw new InstallerError("step-failed", {
    message: `Containers on ${node} stopped while containerd was restarted: ${lost.join(", ")}.`,
    likelyCause: "they ended by themselves at that moment, or their shims cannot be reached by the new containerd",
    nextSteps: ["see why: `journalctl -u containerd`, then start them again the way they were started"],
  });
}

function refuseUnfit(version: string, node: string, kubernetesVersion: string): void {
  const range = containerdRange(kubernetesVersion);
  if (isInRange(version, range)) return;
  const wanted =
    range.before === undefined ? `${range.from} or later` : `${range.from} or later, before ${range.before}`;
  throw new InstallerError("step-failed", {
    message: `${node} has containerd ${version}; Kubernetes ${kubernetesVersion} needs ${wanted}.`,
    nextSteps: [
      `install a containerd of that range on ${node}, e.g. containerd.io from https://download.docker.com, then run the same command again`,
      "or choose a Kubernetes version that this containerd serves",
    ],
  });
}
