import { afterEach, describe, expect, test } from "vitest";
import type { RunEvent } from "../../../../src/engine/events.ts";
import { type ReviewEntry, review } from "../../../../src/engine/review.ts";
import { App } from "../../../../src/ui/app/app.tsx";
import type { RunEnd } from "../../../../src/ui/run/run-end.ts";
import { startRun } from "../../../../src/ui/run/start-run.ts";
import type { Foreseen, RunTools } from "../../../../src/ui/services.ts";
import { appModel } from "../../app-model.ts";
import { type Rig, rig } from "../../screen-rig.tsx";

const titles = { "os.packages": "Install packages", "kubeadm.join": "Join the cluster" };

function foreseen(nodes: readonly string[]): Foreseen {
  const entries = nodes.flatMap((node) =>
    Object.entries(titles).map(
      ([step, title]): ReviewEntry => ({
        key: `${step}@${node}`,
        step,
        title,
        node,
        kind: "create",
        saw: "",
        needs: [],
      }),
    ),
  );
  const roles = (name: string) => [name.startsWith("cp") ? "control-plane" : "worker"];
  return { nodes: nodes.map((name) => ({ name, roles: roles(name) })), review: review(entries) };
}

type Step = keyof typeof titles;
const started = (step: Step, node: string): RunEvent => ({ type: "step-started", step, title: titles[step], node });
const said = (step: Step, node: string, line: string): RunEvent => ({
  ...{ type: "step-output", step, title: titles[step], node, line },
});
const finished = (step: Step, node: string): RunEvent => ({
  ...{
    type: "step-finished",
    step,
    title: titles[step],
    node,
    outcome: "changed",
    message: "as wanted",
    durationMs: 10,
  },
});

describe("the run screen", () => {
  let open: Rig | undefined;
  afterEach(() => open?.close());

  /** A run whose events and end the test tells. */
  async function run({ nodes = ["cp-1", "w-1"], columns = 80, rows = 24 } = {}) {
    let tools: RunTools | undefined;
    let end: (end: RunEnd) => void = () => undefined;
    const { model } = appModel({
      services: {
        run: (_, given) => {
          tools = given;
          return new Promise((resolve) => {
            end = resolve;
          });
        },
      },
    });
    const request = { command: "install", cluster: "demo", presetFile: "demo.yaml" } as const;
    const over = startRun(model, request, foreseen(nodes));
    open = await rig(<App model={model} appearance={{ colour: true, unicode: true, screenReader: false }} />, {
      columns,
      rows,
    });
    await open.shows("Nodes");
    return { ...open, model, over, emit: (event: RunEvent) => tools?.emit(event), end: (value: RunEnd) => end(value) };
  }

  test("shows steps, nodes and what the chosen node says", async () => {
    const { emit, shows, press, screen } = await run();
    emit(started("os.packages", "cp-1"));
    emit(said("os.packages", "cp-1", "Setting up conntrack"));
    await shows("Setting up conntrack");
    emit(finished("os.packages", "cp-1"));
    emit(started("kubeadm.join", "w-1"));
    await shows("1 of 4 steps");
    await press("down");
    await shows("Log of w-1");
    expect(screen().split("Log of w-1")[1]).not.toContain("Setting up conntrack");
  });

  test("scrolling up pauses the log and End follows again", async () => {
    const { emit, shows, press, screen } = await run();
    emit(started("os.packages", "cp-1"));
    for (let line = 1; line <= 50; line++) emit(said("os.packages", "cp-1", `line ${line}.`));
    await shows("line 50.");
    await press("tab", "page-up");
    await shows("paused");
    emit(said("os.packages", "cp-1", "line 51."));
    await shows("/51");
    expect(screen()).not.toContain("line 51.");
    await press("end");
    await shows("line 51.");
  });

  test("a thousand nodes scroll", async () => {
    const nodes = Array.from({ length: 1000 }, (_, index) => `w-${index + 1}`);
    const { shows, press } = await run({ nodes, columns: 120, rows: 40 });
    await shows("w-1");
    await press("end");
    await shows("w-1000");
  });
});
