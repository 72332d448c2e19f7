import { kubeconfigPath } from "../../kubernetes/kubeconfig-path.ts";
import type { Services } from "../../ui/services.ts";
import type { CommandContext } from "../command-context.ts";
import { replayRun } from "../replay-run.ts";
import { version } from "../version.ts";
import { clusterHealth } from "./cluster-health.ts";
import { foresee } from "./foresee.ts";
import { knownClusters, knownRuns } from "./known-clusters.ts";
import { loadDraft } from "./load-draft.ts";
import { openNodeShell } from "./node-shell.ts";
import { readText } from "./read-text.ts";
import { runRequest } from "./run-request.ts";
import { saveLines } from "./save-lines.ts";
import { savePreset } from "./save-preset.ts";
import { stepHistory } from "./step-history.ts";
import { machineTester } from "./test-machine.ts";

/** What the screen can do, done in the same way as by the commands. */
export function servicesFor(context: CommandContext): Services {
  return {
    version,
    savePreset,
    loadDraft,
    clusters: knownClusters,
    health: (cluster, signal) => clusterHealth(cluster, signal, context),
    runs: knownRuns,
    replay: async (run) => {
      const lines: string[] = [];
      const print = (text: string) => void lines.push(...text.split("\n"));
      await replayRun({ ...run, verbose: true }, { print, inform: print });
      return lines;
    },
    kubeconfigPath: (name) => kubeconfigPath({ name }),
    foresee: (request, tools) => foresee(request, tools, context),
    run: (request, tools) => runRequest(request, tools, context),
    stepHistory,
    saveLines,
    testMachine: machineTester(),
    readText,
    shell: (request, node, tools) => openNodeShell(request, node, tools, context),
  };
}
