import { existsSync } from "node:fs";
import { kubeconfigPath } from "../../kubernetes/kubeconfig-path.ts";
import type { Services } from "../../ui/services.ts";
import type { CommandContext } from "../command-context.ts";
import { version } from "../version.ts";

/** What the screen can do, done in the same way as by the commands; each thing is loaded when it is first wanted. */
export function servicesFor(context: CommandContext): Services {
  let tester: Promise<Services["testMachine"]> | undefined;
  const testMachine: Services["testMachine"] = async (...given) => {
    tester ??= import("./test-machine.ts").then(({ machineTester }) => machineTester());
    return (await tester)(...given);
  };
  return {
    version,
    savePreset: async (...given) => (await import("./save-preset.ts")).savePreset(...given),
    loadDraft: async (...given) => (await import("./load-draft.ts")).loadDraft(...given),
    clusters: async () => (await import("./known-clusters.ts")).knownClusters(),
    health: async (...given) => (await import("./cluster-health.ts")).clusterHealth(...given, context),
    runs: async (...given) => (await import("./known-clusters.ts")).knownRuns(...given),
    replay: async (run) => {
      const { replayRun } = await import("../replay-run.ts");
      const lines: string[] = [];
      const print = (text: string) => void lines.push(...text.split("\n"));
      await replayRun({ ...run, verbose: true }, { print, inform: print });
      return lines;
    },
    kubeconfig: (name) => {
      const path = kubeconfigPath({ name });
      return { path, isThere: existsSync(path) };
    },
    foresee: async (...given) => (await import("./foresee.ts")).foresee(...given, context),
    run: async (...given) => (await import("./run-request.ts")).runRequest(...given, context),
    stepHistory: async (...given) => (await import("./step-history.ts")).stepHistory(...given),
    saveLines: async (...given) => (await import("./save-lines.ts")).saveLines(...given),
    testMachine,
    readText: async (...given) => (await import("./read-text.ts")).readText(...given),
    shell: async (...given) => (await import("./node-shell.ts")).openNodeShell(...given, context),
  };
}
