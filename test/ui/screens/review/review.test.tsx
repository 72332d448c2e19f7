import { afterEach, describe, expect, test } from "vitest";
import { InstallerError } from "../../../../src/engine/errors.ts";
import { type ReviewEntry, review } from "../../../../src/engine/review.ts";
import { App } from "../../../../src/ui/app/app.tsx";
import { commandLine } from "../../../../src/ui/review/command-line.ts";
import { fitPlanRows } from "../../../../src/ui/review/fit-plan-rows.ts";
import { countsInWords, planRows } from "../../../../src/ui/review/plan-rows.ts";
import type { AskingTools, Foreseen, RunRequest, Services } from "../../../../src/ui/services.ts";
import { appModel } from "../../app-model.ts";
import { type Rig, rig } from "../../screen-rig.tsx";

const entry = (kind: ReviewEntry["kind"], title: string, node?: string): ReviewEntry => ({
  ...{ key: `${title}@${node ?? ""}`, step: title, title, kind, saw: `saw ${title}`, needs: [] },
  ...(node === undefined ? {} : { node }),
  ...(kind === "danger" ? { danger: "restarts the API" } : {}),
});
const entries = [
  entry("create", "Install packages", "cp-1"),
  entry("satisfied", "Load modules", "cp-1"),
  entry("danger", "Restart etcd", "cp-1"),
  entry("change", "Write settings", "w-1"),
  entry("create", "Deploy the network"),
];
const foreseen: Foreseen = {
  nodes: [
    { name: "cp-1", roles: ["control-plane"] },
    { name: "w-1", roles: ["worker"] },
  ],
  review: review(entries),
};
const finding = (severity: "error" | "warning") => ({
  ...{ severity, check: "resources.memory", node: "w-1", message: "Too little memory" },
  ...{ measured: "512 MiB", limit: "1 GiB", fix: "Give it more memory." },
});
const request: RunRequest = { command: "install", cluster: "demo", presetFile: "/root/my demo.yaml" };

describe("the plan as rows", () => {
  test("goes node by node in the order of the preset, the cluster last, what is as wanted on request", () => {
    const text = (withSatisfied: boolean) =>
      planRows(foreseen, withSatisfied).map((row) =>
        row.kind === "node" ? `${row.name}: ${row.counts}` : row.kind === "entry" ? row.entry.title : row.text,
      );
    expect(text(false)).toEqual([
      "cp-1: 1 dangerous, 1 to create, 1 as wanted",
      "Install packages",
      "Restart etcd",
      "w-1: 1 to change",
      "Write settings",
      "cluster: 1 to create",
      "Deploy the network",
    ]);
    expect(text(true)).toContain("Load modules");
    expect(countsInWords([])).toBe("nothing to do");
  });

  test("says what all steps of a node have in common once, below its name and in full", () => {
    const saw = "the machine does not exist yet; it is looked at once it is made";
    const alike = ["Install packages", "Load modules"].map((title) => ({ ...entry("create", title, "cp-1"), saw }));
    const rows = planRows({ ...foreseen, review: review([...alike, entry("create", "Make", "w-1")]) }, false);
    const lines = fitPlanRows(rows, 40).map((row) =>
      row.kind === "node" ? row.name : row.kind === "entry" ? `${row.entry.title}: ${row.entry.saw}` : row.text,
    );
    expect(lines).toEqual([
      "cp-1",
      "    the machine does not exist yet; it",
      "    is looked at once it is made",
      "Install packages: ",
      "Load modules: ",
      "w-1",
      "Make: saw Make",
    ]);
  });

  test("begins with what preflight found", () => {
    const preflight = { findings: [finding("error")], nodes: ["w-1"], checks: 1, notes: [] };
    const [first, second] = planRows({ ...foreseen, preflight }, false);
    expect(first).toMatchObject({ text: "Preflight of 1 node found 1 error" });
    expect(second).toMatchObject({ severity: "error", text: expect.stringContaining("w-1: Too little memory") });
  });

  test("cuts neither what was found nor why something is dangerous", () => {
    const danger: ReviewEntry = { ...entry("danger", "Restart etcd", "cp-1"), danger: "clients wait while it is down" };
    const preflight = { findings: [finding("error")], nodes: ["w-1"], checks: 1, notes: [] };
    const rows = planRows({ ...foreseen, review: review([danger, entry("create", "Make")]), preflight }, false);
    const lines = fitPlanRows(rows, 40).map((row) =>
      row.kind === "note" ? row.text : row.kind === "entry" ? `${row.entry.title}: ${row.entry.danger}` : row.name,
    );
    expect(lines).toEqual([
      "Preflight of 1 node found 1 error",
      "w-1: Too little memory (512 MiB,",
      "    wanted 1 GiB). Give it more",
      "    memory.",
      "cp-1",
      "Restart etcd: ",
      "    clients wait while it is down",
      "cluster",
      "Make: undefined",
    ]);
    expect(fitPlanRows(rows, 200)).toEqual(rows);
    expect(new Set(fitPlanRows(rows, 40).map(({ id }) => id)).size).toBe(lines.length);
  });

  test("the command line that does the same can be pasted into a shell", () => {
    expect(commandLine(request)).toBe("kube-installer install --preset '/root/my demo.yaml'");
    expect(commandLine({ ...request, presetFile: "a.yaml", only: ["w-1", "w-2"], breakLock: true })).toBe(
      "kube-installer install --preset a.yaml --nodes w-1,w-2 --break-lock",
    );
    expect(commandLine({ ...request, presetFile: "a.yaml", startOver: true })).toContain("--start-over");
  });
});

describe("the review", () => {
  let open: Rig | undefined;
  afterEach(() => open?.close());

  async function reviewed(services: Partial<Services>, changes: Partial<RunRequest> = {}, small = false) {
    const runs: RunRequest[] = [];
    const { model, left } = appModel({
      first: { screen: "review", request: { ...request, ...changes } },
      services: {
        foresee: async () => foreseen,
        run: (given) => {
          runs.push(given);
          return new Promise(() => undefined);
        },
        ...services,
      },
    });
    const appearance = { colour: !small, unicode: !small, screenReader: false };
    const size = small ? { columns: 60, rows: 15 } : { columns: 80, rows: 24 };
    open = await rig(<App model={model} appearance={appearance} />, size);
    return { ...open, model, runs, left };
  }

  test("tells what it looks at, and can be left meanwhile", async () => {
    let tools: AskingTools | undefined;
    const { shows, press, left } = await reviewed({
      foresee: (_, given) => {
        tools = given;
        return new Promise(() => undefined);
      },
    });
    await shows("Looking at every node");
    tools?.inform("probe \u001B[2Jw-1");
    await shows("probe w-1");
    await press("ctrl-c");
    await shows("Leave?");
    await press("ctrl-c");
    expect(left()).toBe(130);
    open?.close();
    open = undefined;
    expect(tools?.signal.aborted).toBe(true);
  });

  test("shows the plan and the same command line", async () => {
    const { shows, looksLike } = await reviewed({});
    await shows("Press Enter");
    await shows("i go on");
    await looksLike("./__snapshots__/review-80x24.txt");
  });

  test("tells the whole of what was seen at the marked line", async () => {
    const long = { ...entry("create", "Install packages", "cp-1"), saw: `${"not there, ".repeat(12)}at all` };
    const { shows, showsNot, press } = await reviewed({
      foresee: async () => ({ ...foreseen, review: review([long, entry("change", "Write settings", "w-1")]) }),
    });
    await shows("Install packages  not there");
    await showsNot("at all");
    await press("down");
    await shows("at all");
    await press("down");
    await showsNot("at all");
  });

  test("fits a small terminal without symbols", async () => {
    const { shows, looksLike } = await reviewed({}, {}, true);
    await shows("Press Enter");
    await shows("i go on");
    await looksLike("./__snapshots__/review-60x15-ascii.txt");
  });

  test("= shows what is as wanted as well", async () => {
    const { shows, press } = await reviewed({});
    await shows("Press Enter");
    await press("=");
    await shows("Load modules");
  });

  test("asks once more with the focus on No, and starts nothing without a yes", async () => {
    const { shows, showsNot, press, runs } = await reviewed({});
    await shows("Press Enter");
    await press("enter");
    await shows("❯ No, change nothing");
    await press("enter");
    await showsNot("No, change nothing");
    expect(runs).toEqual([]);
    await press("enter");
    await shows("❯ No, change nothing");
    await press("down", "enter");
    await shows("Log of");
    expect(runs).toEqual([request]);
  });

  test("a destroy needs the name of the cluster", async () => {
    const { shows, press, runs } = await reviewed({}, { command: "destroy" });
    await shows("Press Enter");
    await press("enter");
    await shows("❯ No, change nothing");
    await press("down", "enter");
    await shows("Type its name");
    await press("wrong", "enter");
    await shows("its name is demo");
    expect(runs).toEqual([]);
    await press("ctrl-u", "demo", "enter");
    await expect.poll(() => runs).toHaveLength(1);
  });

  test("so does starting over", async () => {
    const { shows, press, runs } = await reviewed({}, { startOver: true });
    await shows("First everything the interrupted run made is taken away");
    await press("enter");
    await shows("❯ No, change nothing");
    await press("down", "enter");
    await shows("Type its name");
    await press("esc");
    await shows("Press Enter");
    expect(runs).toEqual([]);
  });

  test("errors of preflight keep it from starting", async () => {
    const preflight = { findings: [finding("error")], nodes: ["w-1"], checks: 1, notes: [] };
    const { shows, showsNot, press } = await reviewed({ foresee: async () => ({ ...foreseen, preflight }) });
    await shows("Preflight found 1 error: mend, then look again.");
    await press("enter");
    await press("i");
    await showsNot("No, change nothing");
  });

  test("warnings are told and let it go on", async () => {
    const preflight = { findings: [finding("warning")], nodes: ["w-1"], checks: 1, notes: [] };
    const { shows, press } = await reviewed({ foresee: async () => ({ ...foreseen, preflight }) });
    await shows("Too little memory");
    await press("enter");
    await shows("❯ No, change nothing");
  });

  test("says so when there is nothing to do", async () => {
    const nothing = { ...foreseen, review: review([entry("satisfied", "Load modules", "cp-1")]) };
    const { shows } = await reviewed({ foresee: async () => nothing });
    await shows("there is nothing to do");
  });

  test("tells why there is no plan, node by node, and looks again on request", async () => {
    let looks = 0;
    const { shows, press } = await reviewed({
      foresee: async () => {
        looks += 1;
        if (looks > 1) return foreseen;
        throw new InstallerError("unreachable", {
          message: "2 of 2 nodes cannot be used",
          failures: ["cp-1", "w-1"].map(
            (node) =>
              new InstallerError("unreachable", {
                ...{ message: `Cannot connect to ${node}`, node, likelyCause: "It is off." },
                nextSteps: ["Switch it on."],
              }),
          ),
        });
      },
    });
    await shows("2 of 2 nodes cannot be used");
    await shows("Cannot connect to w-1");
    await shows("Next: Switch it on.");
    await press("r");
    await shows("Press Enter");
  });
});
