import { toInstallerError } from "../../engine/errors.ts";
import { formatDuration, seconds } from "../../engine/time.ts";
import type { AppModel } from "../app/app-model.tsx";
import { clusterActions } from "../screens/cluster/cluster-actions.ts";
import { kubeconfigLines } from "../screens/cluster/kubeconfig-lines.ts";
import { askHealth } from "../screens/home/ask-health.ts";
import type { KnownCluster } from "../services.ts";
import { countOf } from "../state/count-of.ts";
import { askChoice } from "./ask-choice.ts";
import { errorInWords } from "./error-in-words.ts";
import { back, sayAll, type Voice } from "./voice.ts";

/** Somebody who wants to begin does not wait longer for how clusters are. */
const patience = seconds(5);

/** Where the conversation begins: a new cluster, or one that is known. */
export async function speakHome(voice: Voice, app: AppModel): Promise<void> {
  const { services, trail, wizard, quit } = app;
  const clusters = await knownClusters(voice, app);
  if (clusters.length > 0) voice.print(`Looking at ${countOf(clusters.length, "cluster")}.`);
  const enough = AbortSignal.timeout(patience);
  const signal = AbortSignal.any([voice.signal, enough]);
  const health = await Promise.all(
    clusters.map(async (cluster) => {
      const { says } = await askHealth(services, cluster, signal);
      return enough.aborted ? `no answer within ${formatDuration(patience)}` : says;
    }),
  );
  const chosen = await askChoice(voice, {
    title: "What would you like to do?",
    choices: [
      { value: "install", label: "Install a cluster" },
      ...clusters.map(({ name, interrupted }, index) => ({
        value: `cluster ${index}`,
        label: name,
        note: interrupted ?? health[index],
      })),
      { value: "leave", label: "Leave" },
    ],
    current: "install",
  });
  if (chosen === back) return voice.print("This is the beginning; Leave leaves.");
  if (chosen === "leave") return quit(0);
  const cluster = clusters[Number(chosen.split(" ")[1])];
  if (cluster !== undefined) return trail.dispatch({ type: "open", place: { screen: "cluster", cluster } });
  if (wizard.get().file !== undefined) wizard.dispatch({ type: "new" });
  trail.dispatch({ type: "open", place: { screen: "wizard" } });
}

/** Without them a cluster can still be installed. */
async function knownClusters(voice: Voice, { services }: AppModel): Promise<readonly KnownCluster[]> {
  try {
    return await services.clusters();
  } catch (thrown) {
    sayAll(voice, errorInWords(toInstallerError(thrown)));
    return [];
  }
}

/** The menu of a cluster: the same table as on the screen. */
export async function speakCluster(voice: Voice, app: AppModel, cluster: KnownCluster): Promise<void> {
  const offered = clusterActions.filter((action) => action.offered(cluster));
  voice.print(`Preset: ${cluster.presetFile ?? "not known on this machine; give it with --preset"}`);
  if (cluster.interrupted !== undefined) voice.print(cluster.interrupted);
  const chosen = await askChoice(voice, {
    title: `What to do with ${cluster.name}`,
    choices: offered.map(({ id, label, note }) => ({ value: id, label, note })),
  });
  if (chosen === back) return app.trail.dispatch({ type: "back" });
  try {
    await offered.find(({ id }) => id === chosen)?.open(app, cluster);
  } catch (thrown) {
    sayAll(voice, errorInWords(toInstallerError(thrown)));
  }
}

/** Where the kubeconfig is. */
export function speakKubeconfig(voice: Voice, { services, trail }: AppModel, cluster: string): void {
  const lines = kubeconfigLines(services.kubeconfig(cluster)).filter((line) => line !== "");
  sayAll(voice, [`The kubeconfig of ${cluster}:`, ...lines]);
  trail.dispatch({ type: "back" });
}
