import { describe, expect, test, vi } from "vitest";
import { InstallerError } from "../../../src/engine/errors.ts";
import type { RunEvent } from "../../../src/engine/events.ts";
import { type ReviewEntry, review } from "../../../src/engine/review.ts";
import type { KnownCluster, PresetToSave, RunRequest, Services } from "../../../src/ui/services.ts";
import { converse, ctrlC } from "./conversation.ts";

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

  test("offers all sections with what they say, and the review, in any order", async () => {
    const { services, saved } = recording();
    const answers = ["1", "", "2", "6", "", "10.64.0.0/12", "", "", "", "4", "", "2", "", "save lab.yaml"];
    const { said } = await converse(answers, { services });
    expect(said).toContain("Everything needed is known.\n  1  Review: what would change; nothing does without a yes");
    expect(said).toContain("6  Network: bridge, pods 10.64.0.0/12");
    expect(said).toContain("4  Machines: 1 control plane, 2 workers");
    expect(saved[0]?.draft.spec?.network).toEqual({ podCIDR: "10.64.0.0/12" });
  });

  test("takes the last change back, and back at a section's first question leaves it as it was", async () => {
    const { services, saved } = recording();
    const { said } = await converse(["1", "", "2", "2", "other", "9", "3", "back", "save lab.yaml"], { services });
    expect(said).toContain("2  Name: other");
    expect(said).toContain("The last change is taken back.");
    expect(saved[0]?.draft.metadata).toEqual({ name: "demo" });
  });

  test("takes back what must be known, answer by answer, until the start", async () => {
    const { said } = await converse(["1", "other", "1", "back", "back", "back", "3"]);
    expect(said).toMatch(/no machines yet[\s\S]*2 of 7: Topology[\s\S]*Number \[1]: back\n1 of 7: Name/);
    expect(said).toContain("Name [other]: back\nWhat would you like to do?");
  });

  test("asks before it leaves on Ctrl-C, and goes on after a no", async () => {
    const { said, exitCode } = await converse(["1", ctrlC, "", "test", ctrlC, "maybe", ctrlC, "yes"]);
    expect(said.match(/Leave\? What was not saved is lost/g)).toHaveLength(3);
    expect(said).toContain("Name [demo]: test");
    expect(exitCode).toBeUndefined();
  });

  test("takes neither a number nor anything else for the yes to an install", async () => {
    const { services, runs } = recording();
    const { said } = await converse([...labAnswers, "1", "no"], { services });
    expect(said).toContain("no [no]: 1\nSay yes or no.\nInstall demo? yes or no [no]: no\nNothing was changed.");
    expect(runs).toEqual([]);
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

  describe("after a run that failed on two workers", () => {
    const command = "set -e\ntrue\nfalse";
    const failed = (node: string) => ({
      code: "command-failed" as const,
      message: `It broke on ${node}.`,
      node,
      command,
    });
    const nodes = [
      { name: "cp-1", roles: ["control-plane"] },
      { name: "w-1", roles: ["worker"] },
      { name: "w-2", roles: ["worker"] },
    ];
    const entries = nodes.map(({ name }) => ({ ...entry, node: name, key: `os.packages@${name}` }));
    const plan = { nodes, review: review(entries) };
    const failing = (exitCode = 1) => {
      const asked: RunRequest[] = [];
      const lines: (readonly string[])[] = [];
      const { services, ...rest } = recording({
        foresee: async () => plan,
        run: async (request) => {
          if (asked.push(request) > 1) return { exitCode: 0 };
          const failures = [failed("w-1"), failed("w-2")];
          return { exitCode, error: { code: "command-failed", message: "Two nodes failed.", failures } };
        },
        saveLines: async (name, text) => {
          lines.push(text);
          return `/tmp/${name}.log`;
        },
      });
      return { ...rest, services, asked, lines };
    };

    test("says what failed where without reading scripts aloud, and what can be done", async () => {
      const { services } = failing();
      const { said } = await converse([...labAnswers, "yes"], { services });
      expect(said).toContain("It broke on w-1.\nCommand: a script of 3 lines, which the log has");
      expect(said).not.toContain("set -e");
      expect(said).toContain("2 things failed. About w-1:\n  1  Retry");
      expect(said).toContain(
        "2  Go on without w-1: a later run picks it up\n  3  Shell on w-1: as root\n  4  Save report",
      );
    });

    test("tells which step failed, and no tables of where the time went", async () => {
      const counts = { satisfied: 0, changed: 0, "would-change": 0, failed: 1, skipped: 0 };
      const { services } = failing();
      const run: Services["run"] = async (_, { emit }) => {
        const error = { code: "step-failed" as const, message: "apt-get is locked." };
        emit({ ...finished, outcome: "failed", message: error.message, error });
        const criticalPath = [{ step: "os.packages", node: "w-1", durationMs: 60_000 }];
        emit({ type: "run-finished", outcome: "failed", counts, setAside: [], durationMs: 60_000, criticalPath });
        return { exitCode: 1 };
      };
      const { said } = await converse([...labAnswers, "yes"], { services: { ...services, run } });
      expect(said).toContain("Install packages on w-1\napt-get is locked.\nThe run failed.\n  1  Retry");
      expect(said).toContain("2  Go on without w-1");
      expect(said).toContain("failed after 1 min 00 s: 1 failed");
      expect(said).not.toContain("critical path");
    });

    test("goes on without the node that is chosen", async () => {
      const { services, asked } = failing();
      await converse([...labAnswers, "yes", "6", "2", "2"], { services });
      expect(asked[1]?.only).toEqual(["cp-1", "w-1"]);
    });

    test("opens a shell, says when it cannot, and saves a report", async () => {
      const opened: string[] = [];
      const shell: Services["shell"] = async (_, node) => {
        opened.push(node);
        if (opened.length > 1) throw new InstallerError("unreachable", { message: `${node} is away.` });
        return { attach: async () => void opened.push("attached") };
      };
      const { services, lines } = failing();
      const { said, exitCode } = await converse([...labAnswers, "yes", "3", "3", "4", "5"], {
        services: { ...services, shell },
      });
      expect(opened).toEqual(["w-1", "attached", "w-1"]);
      expect(said).toContain("w-1 is away.");
      expect(said).toContain("Saved: /tmp/demo-report.log");
      expect(lines[0]?.join("\n")).toContain("It broke on w-2.");
      expect(exitCode).toBe(1);
    });

    test("breaks no lock without a yes", async () => {
      const { services, asked } = failing(7);
      const { said } = await converse([...labAnswers, "yes", "2", "", "2", "yes"], { services });
      expect(said).toContain("Is the other run dead? yes or no [no]: \nAnother run works on this cluster");
      expect(asked.map(({ breakLock }) => breakLock)).toEqual([undefined, true]);
    });

    test("goes back to the start", async () => {
      const { services } = failing();
      const { said } = await converse([...labAnswers, "yes", "back", "2"], { services });
      expect(said.match(/What would you like to do\?/g)).toHaveLength(2);
    });
  });

  test("looks at nodes again when that could not be done, and says why it could not", async () => {
    let looks = 0;
    const { services } = recording({
      foresee: async () => {
        looks += 1;
        if (looks > 1) return foreseen;
        const failure = new InstallerError("unreachable", {
          message: "No route.",
          node: "cp-1",
          nextSteps: ["Start it."],
        });
        throw new InstallerError("unreachable", { message: "Nodes cannot be used.", failures: [failure] });
      },
    });
    const { said, exitCode } = await converse([...labAnswers, "yes", "yes"], { services });
    expect(said).toContain("Nodes cannot be used.\ncp-1\nNo route.\nNext: Start it.\nLook again? yes or no [no]: yes");
    expect(exitCode).toBe(0);
  });

  test("leaves when the person does so at a question while the nodes are looked at", async () => {
    const question = {
      title: "Trust it?",
      lines: [],
      danger: true,
      choices: [{ value: "no", label: "No" }],
      safe: "no",
    };
    const { services, runs } = recording({
      foresee: async (_, { ask, signal }) => {
        await ask(question, signal).catch((cause: unknown) => {
          throw new InstallerError("host-key-refused", { message: "Not confirmed.", cause });
        });
        return foreseen;
      },
    });
    const { said, exitCode } = await converse([...labAnswers, ctrlC, "yes", "yes"], { services });
    expect(said.trim().split("\n").at(-1)).toBe("yes or no [no]: yes");
    expect(exitCode).toBeUndefined();
    expect(runs).toEqual([]);
  });

  test("a look at the nodes is ended by Ctrl-C, and one is back where it was asked for", async () => {
    let press = () => undefined as unknown;
    const foresee: Services["foresee"] = (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        setImmediate(press);
      });
    const { services, runs } = recording({ foresee });
    const { said } = await converse([...labAnswers, "2", "other"], {
      services,
      working: (pressCtrlC) => {
        press = pressCtrlC;
      },
    });
    expect(said).toContain("The look at the nodes was ended; nothing was changed.\nEverything needed is known.");
    expect(said).toContain("Name [demo]: other");
    expect(runs).toEqual([]);
  });

  test("says what is wrong with a preset by line, without a picture of it", async () => {
    const place = { file: "demo.yaml", line: 3, column: 9, path: "spec.topology" };
    const excerpt = { text: "  topology: nowhere", from: 12, length: 7 };
    const problem = { severity: "error" as const, ...place, message: "is no topology", hint: "say static", excerpt };
    const foresee = async () => {
      throw new InstallerError("preset-invalid", { message: "demo.yaml is not a valid preset.", problems: [problem] });
    };
    const { said } = await converse(labAnswers, { services: recording({ foresee }).services });
    expect(said).toContain("demo.yaml:3:9: error: spec.topology: is no topology");
    expect(said).toContain("= say static");
    expect(said).not.toContain("^");
  });

  test("says of many nodes only what is dangerous, and every step on request; what preflight found comes last", async () => {
    const nodes = Array.from({ length: 6 }, (_, at) => ({ name: `n-${at}`, roles: ["worker"] }));
    const entries = nodes.flatMap(({ name: node }): ReviewEntry[] => [
      { ...entry, node, key: `os.packages@${node}` },
      {
        ...entry,
        node,
        step: "os.name",
        key: `os.name@${node}`,
        title: "Rename it",
        kind: "danger",
        danger: "others know it",
      },
    ]);
    const finding = {
      ...{ check: "os", severity: "error" as const, node: "n-0", message: "Too old" },
      ...{ measured: "1", limit: "2", fix: "Renew it" },
    };
    const preflight = { checks: 1, nodes: nodes.map(({ name }) => name), findings: [finding], notes: [] };
    const { services, runs } = recording({ foresee: async () => ({ nodes, review: review(entries), preflight }) });
    const { said } = await converse([...labAnswers, "show", "no"], { services });
    const [before = "", after = ""] = said.split("Look again? yes or no [no]: show");
    expect(before).not.toContain("Install packages");
    expect(before.match(/DANGER: Rename it\. others know it/g)).toHaveLength(6);
    expect(before).toMatch(/DANGER(?:.|\n)*error: n-0: Too old/);
    expect(after.match(/make: Install packages/g)).toHaveLength(6);
    expect(runs).toEqual([]);
  });

  test("ends with what runs when Ctrl-C comes while nothing is asked", async () => {
    const stop = new AbortController();
    const { services } = recording({
      run: async (_, tools) => {
        stop.abort();
        return { exitCode: tools.stop.aborted ? 130 : 0 };
      },
    });
    const { exitCode } = await converse([...labAnswers, "yes"], { services, stop: stop.signal });
    expect(exitCode).toBe(130);
  });

  test("names a few runs at once and says why one cannot be told", async () => {
    const runs = Array.from({ length: 12 }, (_, at) => ({
      ...{ id: `run-${at}`, cluster: "demo", command: `install ${at}`, outcome: "ok", steps: "1 changed" },
    }));
    const replay: Services["replay"] = async ({ id }) => {
      throw new InstallerError("journal-unreadable", { message: `${id} is torn.` });
    };
    const { said } = await converse(["10", "2", "back", "", ""], {
      services: { runs: async () => runs, replay, clusters: async () => [] },
      first: [{ screen: "home" }, { screen: "runs", cluster: "demo" }],
    });
    expect(said).toContain("9  install 8: ok, 1 changed\n  10  Earlier ones\n  11  Back");
    expect(said).toContain("run-10 is torn.");
  });

  test("says how clusters are, without waiting long for one that does not answer", async () => {
    vi.spyOn(AbortSignal, "timeout").mockImplementation(() => {
      const enough = new AbortController();
      setImmediate(() => enough.abort());
      return enough.signal;
    });
    try {
      const clusters = async () => [{ name: "fast" }, { name: "slow" }];
      const health: Services["health"] = ({ name }, signal) =>
        name === "fast"
          ? Promise.resolve({ state: "healthy", says: "3 of 3 nodes Ready" })
          : new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      const { said } = await converse(["4"], { services: { clusters, health } });
      expect(said).toContain("Looking at 2 clusters.");
      expect(said).toContain("2  fast: 3 of 3 nodes Ready\n  3  slow: no answer within 5.0 s\n  4  Leave");
    } finally {
      vi.restoreAllMocks();
    }
  });

  test("a home whose records cannot be read still installs", async () => {
    const clusters = async () => {
      throw new InstallerError("own-files", { message: "The state folder is gone." });
    };
    const { said } = await converse(["1"], { services: { clusters } });
    expect(said).toContain("The state folder is gone.");
    expect(said).toContain("1 of 7: Name.");
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
