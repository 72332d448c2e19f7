import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../../src/engine/events.ts";
import { type ReviewEntry, review } from "../../../src/engine/review.ts";
import type { KnownCluster, PresetToSave, RunRequest, Services } from "../../../src/ui/services.ts";
import { converse } from "./conversation.ts";

const entry: ReviewEntry = {
  ...{ key: "os.packages@w-1", step: "os.packages", title: "Install packages", node: "w-1" },
  ...{ kind: "create", saw: "", needs: [] },
};
const foreseen = { nodes: [{ name: "w-1", roles: ["worker"] }], review: review([entry]) };
const finished: RunEvent = {
  ...{ type: "step-finished", step: "os.packages", title: "Install packages", node: "w-1" },
  ...{ outcome: "changed", message: "as wanted", durationMs: 10 },
};

/** Services that keep what was saved and run. */
function recording(over: Partial<Services> = {}) {
  const saved: PresetToSave[] = [];
  const runs: RunRequest[] = [];
  const services: Partial<Services> = {
    savePreset: async (preset) => {
      saved.push(preset);
      return { outcome: "saved", path: preset.path ?? "/state/demo/preset.yaml" };
    },
    foresee: async () => foreseen,
    run: async (request, { emit }) => {
      runs.push(request);
      emit(finished);
      return { exitCode: 0, closing: ["The cluster demo is ready."] };
    },
    ...over,
  };
  return { saved, runs, services };
}

/** Home, name, the lab, then the review out of all sections. */
const labAnswers = ["1", "", "2", ""];

describe("the conversation for a screen reader", () => {
  test("leads from the start to a finished install, drawing nothing", async () => {
    const { services, saved, runs } = recording();
    const { said, exitCode } = await converse([...labAnswers, "yes"], { services });
    expect(exitCode).toBe(0);
    expect(saved[0]?.draft.metadata).toEqual({ name: "demo" });
    expect(saved[0]?.draft.spec?.topology).toEqual({ lab: {} });
    expect(runs).toEqual([{ command: "install", cluster: "demo", presetFile: "/state/demo/preset.yaml" }]);
    expect(said).toContain("w-1 (worker): 1 to create");
    expect(said).toMatch(/\d\d:\d\d:\d\d w-1 {5}done {4}Install packages: as wanted/);
    expect(said.trim().split("\n").at(-1)).toBe("The cluster demo is ready.");
    expect(said).not.toContain("\u001B");
  });

  test("installs nothing without a yes", async () => {
    const { services, runs } = recording();
    const { said } = await converse([...labAnswers, ""], { services });
    expect(said).toContain("Install demo? yes or no [no]: ");
    expect(runs).toEqual([]);
  });

  test("back, ?, show and save work at every question", async () => {
    const { services, saved } = recording();
    const { said } = await converse(["1", "test", "?", "back", "other", "show", "save other.yaml"], { services });
    expect(said).toContain("Machines you have: by address, over SSH");
    expect(said).toContain("Name [test]: other");
    expect(said).toContain("  name: other");
    expect(saved.map(({ path }) => path)).toEqual(["other.yaml"]);
    expect(said).toContain("Saved: other.yaml");
  });

  test("says what is wrong with an answer and asks again, by the rules of presets", async () => {
    const { said } = await converse(["1", "Not A Name", "demo", "9"]);
    expect(said).toMatch(/Name \[demo\]: Not A Name\nNot that: .+\nName \[demo\]: demo/);
    expect(said).toContain("Say a number from 1 to 2, ? for help.");
  });

  test("takes machines by address, name and role, and goes on when there is one", async () => {
    const { services, saved } = recording();
    const machine = ["2", "10.0.0.11", "cp-1", "3"];
    await converse(["1", "", "1", ...machine, "1", "save mine.yaml"], { services });
    expect(saved[0]?.draft.spec?.topology?.static?.nodes).toEqual([
      { address: "10.0.0.11", name: "cp-1", roles: ["control-plane", "worker"] },
    ]);
  });

  test("wants an address for a machine, and one more when it is a name", async () => {
    const { services, saved } = recording();
    const machine = ["2", "", "w1.example.com", "10.0.0.21", "", "3"];
    const { said } = await converse(["1", "", "1", ...machine, "1", "save mine.yaml"], { services });
    expect(said).toContain("Not that: it must be known; back leaves it");
    expect(saved[0]?.draft.spec?.topology?.static?.nodes).toEqual([
      { address: "w1.example.com", internalAddress: "10.0.0.21", roles: ["control-plane", "worker"] },
    ]);
  });

  test("back leaves a machine that was begun out of the list", async () => {
    const { said } = await converse(["1", "", "1", "2", "back"]);
    expect(said.trim().split("\n")).toContain("There are no machines yet.");
    expect(said).not.toContain("One machine");
  });

  test("comes back to what is missing before the review", async () => {
    const { said } = await converse(["1", "", "1", "1", "1", ""]);
    expect(said).toContain("Still to mend: name the machines");
    expect(said.match(/Not yet\. Machines: name the machines/g)).toHaveLength(2);
    expect(said).toContain("4  Machines: missing, name the machines");
    expect(said.match(/There are no machines yet/g)).toHaveLength(2);
  });

  test("offers for a known cluster what the screen offers", async () => {
    const cluster: KnownCluster = { name: "demo", presetFile: "demo.yaml" };
    const { services, runs } = recording({ clusters: async () => [cluster] });
    const { said } = await converse(["2", "back", "2", "1", "yes"], { services });
    expect(said).toContain("2  demo: not looked at");
    expect(said).toContain("Check and mend");
    expect(runs).toEqual([{ command: "install", cluster: "demo", presetFile: "demo.yaml" }]);
  });

  test("tells a failure and offers to try again", async () => {
    const ends = [
      { exitCode: 1, error: { code: "step-failed" as const, message: "It did not work." } },
      { exitCode: 0 },
    ];
    const { services } = recording({ run: async () => ends.shift() ?? { exitCode: 9 } });
    const { said, exitCode } = await converse([...labAnswers, "yes", "1"], { services });
    expect(said).toContain("It did not work.");
    expect(said).toContain(
      "1  Retry: goes on where it stopped; what is done stays done\n  2  Save report: without secrets\n  3  Leave",
    );
    expect(exitCode).toBe(0);
  });

  describe("for a run that was broken off", () => {
    const cluster: KnownCluster = { name: "demo", presetFile: "demo.yaml", interrupted: "Run 1 was broken off." };
    const start = { command: "install", cluster: "demo", presetFile: "demo.yaml" } as const;
    const first = [{ screen: "home" }, { screen: "resume", cluster }] as const;

    test("offers the ways on and goes on", async () => {
      const { services, runs } = recording({ clusters: async () => [cluster] });
      const { said } = await converse(["2", "1", "1", "yes"], { services });
      expect(said).toContain("Run 1 was broken off.");
      expect(runs).toEqual([start]);
    });

    test("takes nothing away before the name of the cluster was said", async () => {
      const { services, runs } = recording();
      const { said } = await converse(["2", "yes", "dmeo"], { services, first });
      expect(said).toContain("--start-over");
      expect(said).toContain("Start over with demo? yes or no [no]: yes");
      expect(said).toContain("The name does not match; nothing was changed.");
      expect(runs).toEqual([]);
    });

    test("starts over once its name was said", async () => {
      const { services, runs } = recording();
      await converse(["2", "yes", "demo"], { services, first });
      expect(runs).toEqual([{ ...start, startOver: true }]);
    });

    test("tries again without taking everything away once more", async () => {
      const asked: RunRequest[] = [];
      const run = async (request: RunRequest) => ({ exitCode: asked.push(request) === 1 ? 1 : 0 });
      const { services } = recording({ run });
      await converse(["2", "yes", "demo", "1"], { services, first });
      expect(asked).toEqual([{ ...start, startOver: true }, start]);
    });
  });

  test("destroys nothing without the name either", async () => {
    const { services, runs } = recording();
    const request = { command: "destroy", cluster: "demo", presetFile: "demo.yaml" } as const;
    const first = [{ screen: "home" }, { screen: "review", request }] as const;
    await converse(["yes", ""], { services, first });
    expect(runs).toEqual([]);
    await converse(["yes", "demo"], { services, first });
    expect(runs).toEqual([request]);
  });

  test("tells one run again where one is meant", async () => {
    const run = { id: "20261121T120000Z-0001", cluster: "demo", command: "install", outcome: "failed", steps: "" };
    const { services } = recording({ replay: async () => ["12:00 what it did"] });
    const { said } = await converse([], {
      services,
      first: [{ screen: "home" }, { screen: "runs", cluster: "demo", run }],
    });
    expect(said).toContain("12:00 what it did");
  });
});
