import { join } from "node:path";
import { errorReport } from "../../engine/error-report.ts";
import { toInstallerError } from "../../engine/errors.ts";
import { listRunIds } from "../../report/list-runs.ts";
import { runFiles, runsFolder } from "../../report/run-folder.ts";
import type { RunEnd } from "../../ui/run/run-end.ts";
import type { RunRequest, RunTools } from "../../ui/services.ts";
import { presetFrom } from "../cluster-session.ts";
import type { CommandContext } from "../command-context.ts";
import { installCluster } from "../install-cluster.ts";
import type { CommandEnd } from "../reporters.ts";
import { takeAway } from "../take-away.ts";
import { personAtScreen } from "./person-at-screen.ts";

/** Runs a command for the screen, in the same way as from the command line; whatever happens is the end of the run. */
export async function runRequest(request: RunRequest, tools: RunTools, context: CommandContext): Promise<RunEnd> {
  const closing: string[] = [];
  const [before] = await listRunIds(request.cluster);
  const ended = await perform(request, tools, context, closing).catch((thrown: unknown): CommandEnd => {
    const error = toInstallerError(thrown);
    return { exitCode: error.exitCode, error };
  });
  const [newest] = await listRunIds(request.cluster);
  return {
    exitCode: ended.exitCode,
    closing,
    ...(newest === undefined || newest === before
      ? {}
      : { log: runFiles(join(runsFolder(request.cluster), newest)).log }),
    ...(ended.error === undefined ? {} : { error: errorReport(ended.error) }),
  };
}

async function perform(
  { command, presetFile, only, startOver = false, breakLock = false }: RunRequest,
  { ask, emit, inform, signal, stop }: RunTools,
  given: CommandContext,
  closing: string[],
): Promise<CommandEnd> {
  const print = (line: string) => void closing.push(...line.split("\n"));
  const person = personAtScreen(ask);
  const context = { ...given, interactive: true, person, print, inform, signal, stop };
  const reporter = { emit, end: () => undefined };
  const spec = await presetFrom(presetFile, context);
  const common = { preset: presetFile, dryRun: false, breakLock, reporter, context };
  if (command === "destroy") {
    const end = await takeAway(spec, common);
    const nodes = spec.topology.kind === "lab" ? ", and so is its lab" : "; its nodes are as they were found";
    if (end.exitCode === 0) print(`The cluster ${spec.name} is gone${nodes}.`);
    return end;
  }
  const decided = startOver ? "start-over" : "resume";
  return installCluster(spec, { ...common, only, requireAllNodes: false, decided, print });
}
