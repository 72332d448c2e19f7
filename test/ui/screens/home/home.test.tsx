import { afterEach, describe, expect, test } from "vitest";
import { App } from "../../../../src/ui/app/app.tsx";
import type { Health, KnownCluster, KnownRun, RunRequest, Services } from "../../../../src/ui/services.ts";
import { appModel } from "../../app-model.ts";
import { type Rig, rig } from "../../screen-rig.tsx";

const lastRun: KnownRun = {
  ...{ id: "20261121T120000Z-ab12", cluster: "broken", command: "install", outcome: "broken off" },
  ...{ started: new Date("2026-11-21T12:00:00Z"), durationMs: 61_000, steps: "12 changed" },
};
const whole: KnownCluster = {
  ...{ name: "alpha", presetFile: "/root/alpha.yaml", lastRun: { ...lastRun, cluster: "alpha", outcome: "ok" } },
};
const broken: KnownCluster = {
  ...{ name: "broken", presetFile: "/root/broken.yaml", lastRun, interrupted: "Its last run was broken off." },
};

describe("the start", () => {
  let open: Rig | undefined;
  afterEach(() => open?.close());

  async function home(services: Partial<Services> = {}, size = { columns: 80, rows: 24 }, plain = false) {
    const { model, left } = appModel({
      services: {
        clusters: async () => [whole, broken],
        health: async ({ name }): Promise<Health> =>
          name === "alpha"
            ? { state: "healthy", says: "3 of 3 nodes Ready" }
            : { state: "unhealthy", says: "1 of 3 nodes Ready" },
        runs: async () => [lastRun],
        replay: async () =>
          Array.from({ length: 60 }, (_, line) => `12:00:00 cp-1 line ${line} ${"wide ".repeat(30)}end`),
        ...services,
      },
    });
    const appearance = { colour: !plain, unicode: !plain, screenReader: false };
    open = await rig(<App model={model} appearance={appearance} />, size);
    return { ...open, model, left };
  }
  const requestOf = ({ trail }: ReturnType<typeof appModel>["model"]): RunRequest | undefined => {
    const place = trail.get().at(-1);
    return place?.screen === "review" ? place.request : undefined;
  };

  test("offers to resume first, then a new cluster, then the known ones with their health", async () => {
    const { shows, looksLike } = await home();
    await shows("3 of 3 nodes Ready");
    await shows("1 of 3 nodes Ready");
    await looksLike("./__snapshots__/home-80x24.txt");
  });

  test("fits a small terminal without symbols", async () => {
    const { shows, looksLike } = await home({}, { columns: 60, rows: 15 }, true);
    await shows("1 of 3 nodes Ready");
    await looksLike("./__snapshots__/home-60x15-plain.txt");
  });

  test("is usable before anything is known of the clusters", async () => {
    const { shows, press, left } = await home({ clusters: () => new Promise(() => undefined) });
    await shows("Install a cluster");
    await press("q");
    expect(left()).toBe(0);
  });

  test("says why the clusters cannot be read", async () => {
    const { shows } = await home({
      clusters: async () => {
        throw new Error(`the state folder /home/${"long/".repeat(15)} is not yours`);
      },
    });
    await shows("is not yours");
    await shows("Install a cluster");
  });

  test("reads the clusters again when it is shown again", async () => {
    let reads = 0;
    const { shows, press } = await home({
      clusters: async () => {
        reads += 1;
        return reads === 1 ? [] : [whole];
      },
    });
    await shows("No cluster is known");
    await press("enter");
    await shows("Install");
    await press("esc");
    await shows("alpha");
  });

  test("looks at the clusters again when told to", async () => {
    let looks = 0;
    const { shows, press } = await home({
      health: async () => ({ state: "healthy", says: `look ${++looks}` }),
      clusters: async () => [whole],
    });
    await shows("look 1");
    await press("r");
    await shows("look 2");
  });

  test("the page of a cluster tells the whole of what is only begun at the start", async () => {
    const says = `cannot connect, ${"because of this, ".repeat(10)}the end`;
    const { shows, press, screen } = await home({
      clusters: async () => [whole],
      health: async () => ({ state: "unhealthy", says }),
    });
    await shows("cannot connect");
    expect(screen()).not.toContain("the end");
    await press("down", "enter");
    await shows("the end");
  });

  test("a broken off run can be resumed, started over after a warning, or inspected", async () => {
    const { shows, press, model } = await home({ foresee: () => new Promise(() => undefined) });
    await shows("Resume broken");
    await press("enter");
    await shows("Its last run was broken off.");
    await press("enter");
    expect(requestOf(model)).toEqual({ command: "install", cluster: "broken", presetFile: "/root/broken.yaml" });
    await press("esc");
    await shows("Start over");
    await press("down", "enter");
    expect(requestOf(model)?.startOver).toBe(true);
    await press("esc");
    await shows("Inspect");
    await press("up", "enter");
    await shows("line 0 ");
  });

  test("a run that is told again scrolls, also sideways, and Esc leads back", async () => {
    const { shows, showsNot, press } = await home();
    await shows("Resume broken");
    await press("enter");
    await shows("Inspect");
    await press("up", "enter");
    await shows("line 0 ");
    await showsNot(" end");
    for (let step = 0; step < 8; step++) await press("right");
    await shows("from column 161");
    await shows("end");
    await press("end");
    await press("esc");
    await shows("Inspect");
  });

  test("a cluster's menu offers what can be done with it", async () => {
    const { shows, press, looksLike } = await home();
    await shows("3 of 3 nodes Ready");
    await press("down", "down", "enter");
    await shows("Check and mend");
    await shows("Esc back");
    await looksLike("./__snapshots__/cluster-80x24.txt");
    await press("up", "up", "up", "enter");
    await shows("/home/ann/alpha.conf");
  });

  test("a kubeconfig that was never fetched is not given as one to use", async () => {
    const path = "/home/ann/alpha.conf";
    const { shows, press, screen } = await home({ kubeconfig: () => ({ path, isThere: false }) });
    await shows("alpha");
    await press("down", "down", "enter");
    await shows("Check and mend");
    await press("up", "up", "up", "enter");
    await shows("It is not on this machine.");
    await shows(path);
    expect(screen()).not.toContain("export KUBECONFIG");
  });

  test("without its preset only what needs none is offered", async () => {
    const { shows, press, screen } = await home({ clusters: async () => [{ name: "orphan" }] });
    await shows("orphan");
    await press("down", "enter");
    await shows("not known on this machine");
    await shows("kubeconfig");
    expect(screen()).not.toContain("Destroy");
    expect(screen()).not.toContain("Resume");
  });

  test("runs that changed nothing are offered, too", async () => {
    const { shows, press } = await home({ clusters: async () => [{ name: "refused", runsOnRecord: 1 }] });
    await shows("refused");
    await press("down", "enter");
    await shows("No run that changed anything is on record.");
    await shows("Runs and logs");
  });

  test("a long name leaves room for the health", async () => {
    const name = "a".repeat(63);
    const { shows, press } = await home({ clusters: async () => [{ ...whole, name }] });
    await shows("1 of 3 nodes Ready");
    await press("down", "enter");
    await shows("a".repeat(55));
  });

  test("the runs of a cluster are listed and each can be read", async () => {
    const { shows, press } = await home();
    await shows("alpha");
    await press("down", "down", "enter");
    await shows("Runs and logs");
    await press("up", "up", "enter");
    await shows("2026-11-21 12:00:00  install");
    await press("enter");
    await shows("line 0 ");
    await press("esc");
    await shows("12 changed");
  });
});
