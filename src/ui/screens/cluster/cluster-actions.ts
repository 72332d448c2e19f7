import type { AppModel } from "../../app/app-model.tsx";
import type { KnownCluster, RunRequest } from "../../services.ts";

/** One entry of a cluster's menu; a new operation is one more entry here. */
export interface ClusterAction {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly danger?: boolean;
  /** Whether it can be done with what is known of the cluster. */
  readonly offered: (cluster: KnownCluster) => boolean;
  readonly open: (app: AppModel, cluster: KnownCluster) => void | Promise<void>;
}

const hasPreset = ({ presetFile }: KnownCluster): boolean => presetFile !== undefined;

/** What can be done with a cluster, in the order of the menu. */
export const clusterActions: readonly ClusterAction[] = [
  {
    id: "resume",
    label: "Resume",
    note: "go on with the run that was broken off, start over, or look at it first",
    offered: ({ interrupted }) => interrupted !== undefined,
    open: ({ trail }, cluster) => trail.dispatch({ type: "open", place: { screen: "resume", cluster } }),
  },
  {
    id: "check",
    label: "Check and mend",
    note: "look at every node, review and mend what is not as wanted",
    offered: hasPreset,
    open: (app, cluster) => review(app, requestOf(cluster)),
  },
  {
    id: "change",
    label: "Change",
    note: "edit the preset, add workers, then review",
    offered: hasPreset,
    open: async ({ services, wizard, trail }, { presetFile = "" }) => {
      wizard.dispatch(await services.loadDraft(presetFile, new AbortController().signal));
      trail.dispatch({ type: "open", place: { screen: "wizard" } });
    },
  },
  {
    id: "kubeconfig",
    label: "kubeconfig",
    note: "where it is and how to use it",
    offered: () => true,
    open: ({ trail }, { name }) => trail.dispatch({ type: "open", place: { screen: "kubeconfig", cluster: name } }),
  },
  {
    id: "runs",
    label: "Runs and logs",
    note: "what was done with it from this machine",
    offered: ({ lastRun, runsOnRecord = 0 }) => lastRun !== undefined || runsOnRecord > 0,
    open: ({ trail }, { name }) => trail.dispatch({ type: "open", place: { screen: "runs", cluster: name } }),
  },
  {
    id: "destroy",
    label: "Destroy",
    note: "take it away and leave each node as it was found",
    danger: true,
    offered: hasPreset,
    open: (app, cluster) => review(app, { ...requestOf(cluster), command: "destroy" }),
  },
];

function requestOf({ name, presetFile = "" }: KnownCluster): RunRequest {
  return { command: "install", cluster: name, presetFile };
}

function review({ trail }: AppModel, request: RunRequest): void {
  trail.dispatch({ type: "open", place: { screen: "review", request } });
}
