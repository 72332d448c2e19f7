import { setMaxListeners } from "node:events";
import { describe, expect, test } from "vitest";
import type { Services, TestedMachine } from "../../../../src/ui/services.ts";
import type { PresetDraft } from "../../../../src/ui/wizard/draft.ts";
import { machinesOf } from "../../../../src/ui/wizard/machines/machines.ts";
import { openWizard, type WizardRigOptions } from "./wizard-rig.tsx";

const draftWith = (count: number): PresetDraft => ({
  apiVersion: "kube-installer/v1",
  kind: "Cluster",
  metadata: { name: "demo" },
  spec: {
    topology: {
      static: {
        nodes: Array.from({ length: count }, (_, at) => ({
          name: at === 0 ? "cp-1" : `w-${at}`,
          address: `10.${Math.floor(at / 200)}.0.${(at % 200) + 11}`,
          roles: [at === 0 ? "control-plane" : "worker"],
        })),
      },
    },
  },
});

describe("the machines", () => {
  const start = async (options: WizardRigOptions = {}) => {
    const opened = await openWizard({ section: "machines", ready: "Enter edit", ...options });
    await opened.shows("Log in:");
    return { ...opened, machines: () => machinesOf(opened.model.wizard.get().draft) };
  };

  test("are added one by one by address, name and role", async () => {
    const { press, paste, shows, machines } = await start();
    await shows("No machines yet");
    await press("a");
    await shows("Where to log in");
    await paste("10.0.0.11");
    await shows("Address:          10.0.0.11");
    await press("enter");
    await shows("Host name and Kubernetes node name");
    await paste("cp-1");
    await shows("Name:             cp-1");
    await press("esc");
    await shows("cp-1               10.0.0.11       cp + worker");
    expect(machines()).toEqual([{ address: "10.0.0.11", name: "cp-1", roles: ["control-plane", "worker"] }]);
    await press("a");
    await shows("Where to log in");
    await press("esc");
    await shows("1 machine");
    expect(machines()).toHaveLength(1);
  });

  test("are changed, and what is wrong is told while typing and in the list", async () => {
    const { press, shows, machines } = await start({ draft: draftWith(3) });
    await press("down", "down", "down", "enter");
    await shows("Address:          10.0.0.13");
    await press("backspace", "1");
    await shows("is taken by spec.topology.static.nodes[0]");
    await press("esc");
    await shows("1 to mend");
    await shows("✖ address: the address");
    expect(machines()[2]?.address).toBe("10.0.0.11");
  });

  test("are deleted, and undo brings them back", async () => {
    const { press, shows, machines } = await start({ draft: draftWith(4) });
    await press("down", "down", "space", "space", "d");
    await shows("2 machines deleted; undo brings back what was there.");
    expect(machines().map(({ name }) => name)).toEqual(["cp-1", "w-3"]);
    await press("u");
    await shows("4 machines");
    expect(machines()).toHaveLength(4);
  });

  test("are copied with the next free name and address", async () => {
    const { press, shows, machines } = await start({ draft: draftWith(3) });
    await press("down", "down", "c");
    await shows("w-3");
    expect(machines()[2]).toEqual({ name: "w-3", address: "10.0.0.14", roles: ["worker"] });
  });

  test("get their roles together, a range of them marked", async () => {
    const { press, shows, machines } = await start({ draft: draftWith(6) });
    await press("down", "down", "space", "down", "down", "m");
    await shows("4 marked");
    await press("o");
    await shows("What are these 4 machines for?");
    await press("down", "down", "enter");
    await shows("4 machines: control-plane and worker.");
    expect(machines().map(({ roles }) => roles?.length)).toEqual([1, 2, 2, 2, 2, 1]);
  });

  const twenty = Array.from({ length: 20 }, (_, at) => `w-${at} 10.0.0.${at + 100} worker`).join("\n");

  test("are pasted, twenty at once, and shown before they are added", async () => {
    const { press, paste, shows, machines } = await start({ draft: draftWith(2) });
    await paste(`${twenty}\n10.0.0.11\nw-99 10.0.0.999 worker`);
    await shows("Import machines: 19 to add, 1 there already, 2 not understood");
    await shows('line 2: the name "w-1" is taken by 10.0.0.12');
    expect(machines()).toHaveLength(2);
    await press("enter");
    await shows("21 machines");
    expect(machines()).toHaveLength(21);
    await press("u");
    await shows("2 machines");
  });

  test("are pasted also while one is being filled in", async () => {
    const { press, paste, shows, machines } = await start();
    await press("a");
    await shows("Where to log in");
    await paste(twenty);
    await shows("Import machines: 20 to add");
    await press("enter");
    await shows("20 machines");
    expect(machines()[0]).toEqual({ name: "w-0", address: "10.0.0.100", roles: ["control-plane"] });
  });

  test("are imported from a file", async () => {
    const readText: Services["readText"] = async (path) => {
      if (path !== "hosts.ini") throw new Error("there is no such file");
      return "[masters]\n10.0.0.11\n[workers]\n10.0.0.12\n";
    };
    const { press, paste, shows, machines } = await start({ services: { readText } });
    await press("i");
    await shows("File:");
    await paste("host.ini");
    await press("enter");
    await shows("there is no such file");
    await press("ctrl-u");
    await paste("hosts.ini");
    await press("enter");
    await shows("Import machines: 2 to add");
    await press("enter");
    await shows("Imported: 2 added.");
    expect(machines().map(({ roles }) => roles?.join())).toEqual(["control-plane", "worker"]);
  });

  test("are tested, and why one cannot be logged in to is told in full", async () => {
    const testMachine: Services["testMachine"] = async ({ machine, cluster, sharedLogin }, { ask, signal }) => {
      expect([cluster, sharedLogin]).toEqual(["demo", {}]);
      if (machine.name === "w-1") {
        return { state: "failed", message: "Login refused.\u001B[2J", next: ["Name the key file."] };
      }
      const question = {
        title: "Trust it?",
        lines: [],
        danger: true,
        choices: [{ value: "yes", label: "Yes" }],
        safe: "yes",
      };
      await ask(question, signal);
      return { state: "fine", os: "Debian GNU/Linux 12", cpus: 4, memoryBytes: 8 * 2 ** 30 };
    };
    const { press, shows, showsNot, model } = await start({ draft: draftWith(2), services: { testMachine } });
    await press("T");
    await shows("Trust it?");
    await press("enter");
    await shows("4 CPU, 8 GiB");
    await press("down");
    await shows("Logged in and became root: Debian GNU/Linux 12, 4 CPUs, 8 GiB");
    await press("down");
    await shows("Login refused.");
    await shows("Next: Name the key file.");
    await shows("1 can be logged in to, 1 cannot");
    await press("home", "enter");
    await shows("User to log in as");
    await press("a", "n", "n", "esc");
    await shows("Log in: as ann");
    await showsNot("1 cannot");
    expect(model.machineTests.get().size).toBe(2);
  });

  test("stop being tested when the screen is left", async () => {
    let ended = 0;
    const testMachine = (_: unknown, { signal }: { signal: AbortSignal }): Promise<TestedMachine> =>
      new Promise((_resolve, reject) => {
        setMaxListeners(0, signal);
        signal.addEventListener("abort", () => {
          ended += 1;
          reject(signal.reason);
        });
      });
    const { press, shows, model } = await start({ draft: draftWith(30), services: { testMachine } });
    await press("T");
    await shows("30 being tested");
    await press("esc");
    await shows("Review and install");
    expect(ended).toBe(10);
    expect(model.machineTests.get().size).toBe(0);
  });

  test("are logged in to in one way; a secret is only pointed to, and where it is told is told once", async () => {
    const { press, paste, shows, model } = await start({ draft: draftWith(1) });
    await press("enter");
    await shows("User to log in as");
    await press("down", "down", "down");
    await shows("❯ ◉ Ask about host keys");
    await press("down", "enter");
    await shows("Sudo password file");
    await shows("where it is: the secret itself stays out");
    await paste("~/sudo");
    await press("enter");
    await paste("SUDO_PASSWORD");
    await shows("SUDO_PASSWORD");
    const { ssh } = model.wizard.get().draft.spec?.topology?.static ?? {};
    expect(ssh).toEqual({ hostKeys: "accept-new", sudoPassword: { env: "SUDO_PASSWORD" } });
    await press("ctrl-u", "esc");
    await shows("host keys: accept-new");
    expect(model.wizard.get().draft.spec?.topology?.static?.ssh).toEqual({ hostKeys: "accept-new" });
  });

  test("may be a thousand", async () => {
    const { press, shows, showsNot } = await start({ draft: draftWith(1000) });
    await shows("1000 machines");
    await press("end");
    await shows("w-999");
    await showsNot("cp-1");
    await press("page-up", "enter");
    await shows("Address:");
    await press("esc");
    await shows("── 1000 machines ──");
    await showsNot("checking");
    await press("home");
    await shows("cp-1");
  });

  test.each([
    ["80x24", { columns: 80, rows: 24 }, {}],
    ["60x15-ascii", { columns: 60, rows: 15 }, { unicode: false, colour: false }],
    ["120x40", { columns: 120, rows: 40 }, {}],
  ])("fit in %s", async (name, size, appearance) => {
    const testMachine: Services["testMachine"] = async ({ machine }) =>
      machine.name === "w-1"
        ? { state: "failed", message: "The machine does not answer on port 22.", next: ["Look whether it is on."] }
        : { state: "fine", os: "Debian GNU/Linux 12 (bookworm)", cpus: 4, memoryBytes: 8 * 2 ** 30 };
    const { press, shows, looksLike } = await start({
      draft: draftWith(12),
      services: { testMachine },
      size,
      appearance,
    });
    await press("T", "down", "down", "space", "up");
    await shows("Look whether it is on.");
    await shows("11 can be logged in to");
    await shows("1 marked");
    await looksLike(`__snapshots__/machines-${name}.txt`);
  });
});
