import { describe, expect, test } from "vitest";
import type { PresetDraft } from "../../../../src/ui/wizard/draft.ts";
import { judge } from "../../../../src/ui/wizard/judge.ts";
import { isUntouched, meantMachines, withDuplicate } from "../../../../src/ui/wizard/machines/edit-machines.ts";
import {
  problemOfLogin,
  problemOfMachine,
  problemsByMachine,
} from "../../../../src/ui/wizard/machines/judge-machines.ts";
import { type MachineTests, reduceTests, testMachines } from "../../../../src/ui/wizard/machines/machine-tests.ts";
import { loginKey, type MachineDraft, machineKey } from "../../../../src/ui/wizard/machines/machines.ts";
import {
  type MachinesAction,
  newMachinesState,
  reduceMachines,
} from "../../../../src/ui/wizard/machines/machines-state.ts";
import { nextFree } from "../../../../src/ui/wizard/machines/next-free.ts";

const machine = (last: number, rest: MachineDraft = {}): MachineDraft => ({
  name: `w-${last}`,
  address: `10.0.0.${last}`,
  roles: ["worker"],
  ...rest,
});
const draftOf = (nodes: readonly MachineDraft[], ssh?: object): PresetDraft => ({
  apiVersion: "kube-installer/v1",
  kind: "Cluster",
  metadata: { name: "demo" },
  spec: { topology: { static: { ...(ssh === undefined ? {} : { ssh }), nodes } } },
});

describe("a copy of a machine", () => {
  test("has the next free name and address, is a worker, and has no other machine's fingerprints", () => {
    const first = machine(1, {
      roles: ["control-plane"],
      ssh: { user: "ann", hostKeyFingerprints: ["SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"] },
    });
    expect(withDuplicate([first, machine(2)], 0)[1]).toEqual(machine(3, { ssh: { user: "ann" } }));
  });

  test("counts as people do", () => {
    expect(nextFree("w-09", new Set(["w-10"]))).toBe("w-11");
    expect(nextFree("worker", new Set())).toBe("worker-2");
    expect(withDuplicate([{ address: "w1.example.com" }], 0)[1]?.address).toBe("w2.example.com");
    expect(withDuplicate([{ address: "10.0.0.254" }], 0)[1]?.address).toBe("");
  });
});

test("a machine is untouched until something is entered", () => {
  expect(isUntouched({ address: "", roles: ["worker"] })).toBe(true);
  expect(isUntouched({ roles: ["worker"], name: "w" })).toBe(false);
});

describe("marks", () => {
  const keys = ["a", "b", "c", "d", "e"];
  const bounds = { count: 6, height: 10 };
  const played = (...actions: readonly MachinesAction[]) => actions.reduce(reduceMachines, newMachinesState);
  const go = (to: number): MachinesAction => ({ type: "move", by: { type: "go", to }, bounds });

  test("a mark goes on to the next line, the same key takes it away", () => {
    const marked = played(go(1), { type: "mark", keys, bounds });
    expect([...marked.marked]).toEqual(["a"]);
    expect(marked.window.cursor).toBe(2);
    const again = [go(1), { type: "mark", keys, bounds } as const].reduce(reduceMachines, marked);
    expect(again.marked.size).toBe(0);
  });

  test("a range goes from the last mark to here, in both directions", () => {
    expect(
      [...played(go(4), { type: "mark", keys, bounds }, go(2), { type: "mark-range", keys }).marked].toSorted(),
    ).toEqual(["b", "c", "d"]);
  });

  test("all, or none when all are; the login's line cannot be marked", () => {
    expect(played({ type: "mark-all", keys }).marked.size).toBe(5);
    expect(played({ type: "mark-all", keys }, { type: "mark-all", keys }).marked.size).toBe(0);
    expect(played({ type: "mark", keys, bounds })).toBe(newMachinesState);
  });

  test("say which machines are meant, else it is the one at the cursor", () => {
    const machines = [machine(1), machine(2), machine(3)];
    expect(meantMachines(machines, { marked: new Set([machineKey(machine(3))]), at: 0 })).toEqual([2]);
    expect(meantMachines(machines, { marked: new Set(["gone"]), at: 1 })).toEqual([1]);
    expect(meantMachines(machines, { marked: new Set(), at: undefined })).toEqual([]);
  });
});

describe("a problem", () => {
  const many = Array.from({ length: 200 }, (_, at) => machine(at + 1));
  const control = machine(250, { name: "cp", roles: ["control-plane"] });

  test("of one machine among many is told as the whole judgement tells it", () => {
    const draft = draftOf([...many, control, machine(251, { name: "w-7" })]);
    const whole = problemsByMachine(judge(draft));
    expect([...whole.keys()]).toEqual([201]);
    expect(problemOfMachine(draft, 201, ["name"])).toBe(
      'the name "w-7" is taken by spec.topology.static.nodes[6]; allowed: one name per node',
    );
    expect(whole.get(201)).toContain(problemOfMachine(draft, 201, ["name"]));
    expect(problemOfMachine(draft, 5, ["name"])).toBeUndefined();
  });

  test("of a second control plane stands at the second one", () => {
    const draft = draftOf([...many, control, machine(251, { roles: ["control-plane"] })]);
    expect(problemOfMachine(draft, 201, ["roles"])).toContain("2 control planes need an HA mode other than single");
    expect(problemOfMachine(draft, 200, ["roles"])).toBeUndefined();
  });

  test("of the shared login does not need any machine", () => {
    const draft = draftOf([], { keyFile: "~/.ssh/id_ed25519.pub" });
    expect(problemOfLogin(draft, ["spec", "topology", "static", "ssh", "keyFile"])).toContain("public half");
  });
});

describe("tests of connections", () => {
  test("are ten at once, and one that cannot be made is told as failed", async () => {
    let [running, most] = [0, 0];
    let tests: MachineTests = new Map();
    const machines = Array.from({ length: 30 }, (_, at) => {
      const test = async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (at === 7) throw new Error("no route");
        return { state: "fine", os: "Debian", cpus: 2, memoryBytes: 2 ** 32 } as const;
      };
      return [String(at), test] as const;
    });
    await testMachines({
      machines: new Map(machines),
      tell: (action) => {
        tests = reduceTests(tests, action);
      },
      signal: new AbortController().signal,
    });
    expect(most).toBe(10);
    expect(tests.get("7")).toEqual({ state: "failed", message: "no route", next: [] });
    expect([...tests.values()].filter(({ state }) => state === "fine")).toHaveLength(29);
  });

  test("that are ended leave nothing but what was found out", async () => {
    let tests: MachineTests = new Map();
    const ended = new AbortController();
    const never = () => new Promise<never>(() => undefined);
    const fine = async () => ({ state: "fine", os: "Debian", cpus: 2, memoryBytes: 1 }) as const;
    void testMachines({
      machines: new Map([["fine", fine], ...Array.from({ length: 20 }, (_, at) => [String(at), never] as const)]),
      tell: (action) => {
        tests = reduceTests(tests, action);
      },
      signal: ended.signal,
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(tests.get("0")?.state).toBe("testing");
    expect(tests.get("19")?.state).toBe("waiting");
    ended.abort();
    expect([...tests.keys()]).toEqual(["fine"]);
  });

  test("hold for the login they were made with", () => {
    const shared = { user: "root" };
    expect(loginKey(machine(1), shared)).toBe(loginKey(machine(1, { name: "other", roles: [] }), shared));
    expect(loginKey(machine(1), shared)).not.toBe(loginKey(machine(1), { user: "ann" }));
    expect(loginKey(machine(1), shared)).not.toBe(loginKey(machine(1, { ssh: { port: 2222 } }), shared));
  });
});
