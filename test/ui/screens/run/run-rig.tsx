import type { ErrorReport, RunEvent, RunSummary } from "../../../../src/engine/events.ts";
import { type ReviewEntry, review } from "../../../../src/engine/review.ts";
import { App } from "../../../../src/ui/app/app.tsx";
import type { RunEnd } from "../../../../src/ui/run/run-end.ts";
import { startRun } from "../../../../src/ui/run/start-run.ts";
import type { Foreseen, RunRequest, RunTools, Services } from "../../../../src/ui/services.ts";
import { appModel } from "../../app-model.ts";
import { rig } from "../../screen-rig.tsx";

export const titles = { "os.packages": "Install packages", "kubeadm.join": "Join the cluster" };

/** A plan of two steps on each node. */
export function foreseen(nodes: readonly string[]): Foreseen {
  const entries = nodes.flatMap((node) =>
    Object.entries(titles).map(
      ([step, title]): ReviewEntry => ({
        ...{ key: `${step}@${node}`, step, title, node, kind: "create", saw: "", needs: [] },
      }),
    ),
  );
  const roles = (name: string) => [name.startsWith("cp") ? "control-plane" : "worker"];
  return { nodes: nodes.map((name) => ({ name, roles: roles(name) })), review: review(entries) };
}

type Step = keyof typeof titles;
const place = (step: Step, node: string) => ({ step, title: titles[step], node });

export const began: RunEvent = { type: "run-started", steps: 4, nodes: ["cp-1", "w-1"], dryRun: false };
export const started = (step: Step, node: string): RunEvent => ({ type: "step-started", ...place(step, node) });
export const said = (step: Step, node: string, line: string): RunEvent => ({
  ...{ type: "step-output", ...place(step, node), line },
});
export const finished = (step: Step, node: string): RunEvent => ({
  ...{ type: "step-finished", ...place(step, node), outcome: "changed", message: "as wanted", durationMs: 10 },
});
export const failed = (step: Step, node: string, error: ErrorReport): RunEvent => ({
  ...{ type: "step-finished", ...place(step, node), outcome: "failed", message: error.message, durationMs: 10, error },
});
export const summary = (outcome: RunSummary["outcome"], setAside: readonly string[] = []): RunEvent => ({
  ...{ type: "run-finished", outcome, durationMs: 61_000, setAside, criticalPath: [] },
  counts: { satisfied: 0, changed: 1, "would-change": 0, failed: 1, skipped: 2 },
});

export interface RunRigOptions {
  readonly nodes?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly colour?: boolean;
  readonly unicode?: boolean;
  readonly services?: Partial<Services>;
}

/** A run on the screen whose events and end the test tells; `requests` are all that were started, retries too. */
export async function runRig(options: RunRigOptions = {}) {
  const { nodes = ["cp-1", "w-1"], columns = 80, rows = 24, colour = true, unicode = true, services = {} } = options;
  let tools: RunTools | undefined;
  let end: (end: RunEnd) => void = () => undefined;
  const requests: RunRequest[] = [];
  const {
    model,
    left,
    said: saidAfterwards,
  } = appModel({
    services: {
      run: (request, given) => {
        requests.push(request);
        tools = given;
        return new Promise((resolve) => {
          end = resolve;
        });
      },
      ...services,
    },
  });
  const request = { command: "install", cluster: "demo", presetFile: "demo.yaml" } as const;
  const over = startRun(model, request, foreseen(nodes));
  const open = await rig(<App model={model} appearance={{ colour, unicode, screenReader: false }} />, {
    columns,
    rows,
  });
  await open.shows("Nodes");
  return {
    ...open,
    ...{ model, over, left, requests, saidAfterwards },
    emit: (...events: readonly RunEvent[]) => {
      for (const event of events) tools?.emit(event);
    },
    inform: (line: string) => tools?.inform(line),
    tools: () => tools,
    end: (value: RunEnd) => end(value),
  };
}
