import { describe, expect, test, vi } from "vitest";
import { InstallerError } from "../../../src/engine/errors.ts";
import type { MachineToTest, PresetToSave, Services, TestedMachine } from "../../../src/ui/services.ts";
import { converse, ctrlC } from "./conversation.ts";

/** From the start to the menu of machines. */
const toMachines = ["1", "", "1"];
const three = ["cp-1 10.0.0.11 control-plane", "w-1 10.0.0.21 worker", "w-2 10.0.0.22 worker"];

/** Leads to the machines, then saves: what was saved and everything that was said. */
async function describing(
  answers: readonly string[],
  services: Partial<Services> = {},
  options: Pick<NonNullable<Parameters<typeof converse>[1]>, "stop" | "working"> = {},
) {
  const saved: PresetToSave[] = [];
  const savePreset: Services["savePreset"] = async (preset) => {
    saved.push(preset);
    return { outcome: "saved", path: "demo.yaml" };
  };
  const { said, exitCode } = await converse([...toMachines, ...answers, "save demo.yaml"], {
    services: { savePreset, ...services },
    ...options,
  });
  const { static: topology } = saved[0]?.draft.spec?.topology ?? {};
  return { said, exitCode, topology, nodes: topology?.nodes?.map((node) => [node?.name, node?.address, node?.roles]) };
}

const asDescribed = [
  ["cp-1", "10.0.0.11", ["control-plane"]],
  ["w-1", "10.0.0.21", ["worker"]],
  ["w-2", "10.0.0.22", ["worker"]],
];

describe("a list of machines", () => {
  test("is pasted, heard, and added after a yes", async () => {
    const { said, nodes } = await describing(["3", three.join("\n"), "end", "1"]);
    expect(said).toContain(
      "3 to add.\nAdd cp-1, 10.0.0.11, control plane\nAdd w-1, 10.0.0.21, worker\nAdd w-2, 10.0.0.22, worker",
    );
    expect(said).toContain("Imported: 3 added.\n3 machines.");
    expect(said.split("Imported: 3 added.")[0]).not.toContain("Take the last change back");
    expect(said.split("Imported: 3 added.")[1]).toContain("8  Take the last change back");
    expect(nodes).toEqual(asDescribed);
  });

  test("with a mistake says its line, which is said again alone", async () => {
    const wrong = three.with(1, "w-1 10.0.0.300 worker");
    const { said, nodes } = await describing(["3", wrong.join("\n"), "end", "", "w-1 10.0.0.21 worker", ""]);
    expect(said).toContain("2 to add, 1 not understood.\n");
    expect(said).toContain('Line 2: "10.0.0.300" is not an IP address');
    expect(said).toContain("2  Say line 2 again");
    expect(said).toContain("Line 2 [w-1 10.0.0.300 worker]: w-1 10.0.0.21 worker");
    expect(nodes).toEqual(asDescribed);
  });

  test("with several mistakes: a line is taken out by a dash, one is left as it is, and the rest is added", async () => {
    const lines = [...three, "w-3 nonsense!", "w-4 10.0.0.24 boss"];
    const { said, nodes } = await describing(["3", lines.join("\n"), "end", "2", "-", "", "1"]);
    expect(said).toContain("2  Say the 2 lines again that were not understood");
    expect(said).toMatch(/Line 4: .*\nLine 4 \[w-3 nonsense!]: -\nLine 5: "boss" is no role/);
    expect(said).toContain("1  Add the 3 machines, without what was not understood\n  2  Say line 5 again");
    expect(said).toContain("Imported: 3 added, 1 not understood.");
    expect(nodes).toEqual(asDescribed);
  });

  test("is typed line by line; back takes the last line back, ? says what a line may be", async () => {
    const { said, nodes } = await describing(["3", "?", three[0] ?? "", "w-9 10.0.0.99", "back", "", "", "end", "1"]);
    expect(said).toContain("One machine a line: an address, or name, address and role");
    expect(said).toContain("Line 2: w-9 10.0.0.99\nLine 3: back\nTaken back: w-9 10.0.0.99\nLine 2: ");
    expect(said).toContain("An empty line changes nothing. Say end when the list is complete.");
    expect(nodes).toEqual([["cp-1", "10.0.0.11", ["control-plane"]]]);
  });

  test("back from what it would add leads into it again, with its lines", async () => {
    const { nodes } = await describing(["3", three[0] ?? "", "end", "back", three[1] ?? "", "end", "1"]);
    expect(nodes).toEqual(asDescribed.slice(0, 2));
  });

  test("back without a line, an empty list, and Add nothing leave the machines as they are", async () => {
    const { said, topology } = await describing(["3", "back", "3", "end", "3", three[0] ?? "", "end", "2"]);
    expect(said).toContain("Nothing was added.");
    expect(said.match(/There are no machines yet/g)).toHaveLength(4);
    expect(topology).toEqual({});
  });

  test("is added to those that are there, and taken back as a whole", async () => {
    const { said, nodes } = await describing(["2", "10.0.0.11", "cp-1", "2", "3", three.join("\n"), "end", "1", "8"]);
    expect(said).toContain("2 to add, 1 there already.");
    expect(said).toContain("3 machines.");
    expect(said).toContain("The last change is taken back.\n1 machine.");
    expect(nodes).toEqual(asDescribed.slice(0, 1));
  });

  test("pasted where one line is wanted answers nothing, and it is said where it goes", async () => {
    const { said, topology } = await describing([three.join("\n"), "2", three.join("\n"), "back"]);
    expect(said.match(/Those were several lines, and none was taken/g)).toHaveLength(2);
    expect(said).toContain("A list of machines goes into the section Machines, under Type or paste a list.");
    expect(topology).toEqual({});
  });

  test("after Ctrl-C goes on with the lines it has, unless one leaves", async () => {
    const { said, nodes } = await describing(["3", three[0] ?? "", ctrlC, "no", three[1] ?? "", "end", "1"]);
    expect(said).toContain("Leave? What was not saved is lost.");
    expect(nodes).toEqual(asDescribed.slice(0, 2));
  });
});

describe("a file with machines", () => {
  const csv = "name,address,role\ncp-1,10.0.0.11,control-plane\nw-1,10.0.0.999,worker\nw-2,10.0.0.22,worker\n";
  const readText: Services["readText"] = async (path) => {
    if (path === "machines.csv") return csv;
    if (path === "hosts.ini")
      return "[masters]\ncp-1 ansible_host=10.0.0.11\n\n[workers]\nw-1 ansible_host=10.0.0.21\n";
    throw new InstallerError("usage", { message: `${path} cannot be read: there is no such file` });
  };

  test("is read, a mistake in it told by its line and mended without touching the file", async () => {
    const answers = ["4", "machine.csv", "", "machines.csv", "", "w-1,10.0.0.21,worker", ""];
    const { said, nodes } = await describing(answers, { readText });
    expect(said).toContain("machine.csv cannot be read: there is no such file\nSay another path, or back to leave.");
    expect(said).toContain("Say its path, or back to leave.");
    expect(said).toContain('Line 3: "10.0.0.999" is not an IP address');
    expect(nodes).toEqual(asDescribed);
  });

  test("may be indented: a line that is said again stands where it stood", async () => {
    const yaml = "all:\n  hosts:\n    cp-1:\n      ansible_host: 10.0.0.999\n    w-1:\n      ansible_host: 10.0.0.21\n";
    const answers = ["4", "hosts.yaml", "", "cp-2: { ansible_host: 10.0.0.11 }", ""];
    const { said, nodes } = await describing(answers, { readText: async () => yaml });
    expect(said).toContain("Line 3 [cp-1:]: cp-2: { ansible_host: 10.0.0.11 }");
    expect(said).toContain("this is not valid YAML");
    expect(nodes).toBeUndefined();
    const flow = yaml.replace("cp-1:\n      ansible_host: 10.0.0.999", "cp-1: { ansible_host: 10.0.0.999 }");
    const mended = await describing(answers, { readText: async () => flow });
    expect(mended.nodes?.map((node) => node.slice(0, 2))).toEqual([
      ["cp-2", "10.0.0.11"],
      ["w-1", "10.0.0.21"],
    ]);
  });

  test("may be an inventory; back leads to its name, then out", async () => {
    const { said, nodes } = await describing(["4", "hosts.ini", "back", "hosts.ini", "1", "4", "back"], { readText });
    expect(said.match(/2 to add\./g)).toHaveLength(2);
    expect(nodes).toEqual(asDescribed.slice(0, 2));
  });
});

describe("one machine", () => {
  const pasted = ["3", three.join("\n"), "end", "1"];

  test("is changed, copied and taken out by its number", async () => {
    const change = ["5", "2", "1", "10.0.0.31", "", "3"];
    const { said, nodes } = await describing([...pasted, ...change, "5", "3", "4", "5", "1", "5"]);
    expect(said).toContain("Which machine?\n  1  cp-1: 10.0.0.11, control plane\n  2  w-1: 10.0.0.21, worker");
    expect(said).toContain("Added: w-3: 10.0.0.23, worker");
    expect(said).toContain("cp-1 is out of the list.");
    expect(nodes).toEqual([
      ["w-1", "10.0.0.31", ["control-plane", "worker"]],
      ["w-2", "10.0.0.22", ["worker"]],
      ["w-3", "10.0.0.23", ["worker"]],
    ]);
  });

  test("is told with what is to mend, which is also heard when the machines are left", async () => {
    const { said } = await describing(["2", "10.0.0.11", "cp-1", "1", "1", "4", "5", "back"]);
    expect(said).toContain("Still to mend: ");
    expect(said).toMatch(/Not yet\. Machines: .*control/);
    expect(said).toContain("The connection was not tested yet.");
  });

  test("without a name is called by its address, which is said once", async () => {
    const { said } = await describing(["2", "10.0.0.11", "", "3", "5", "back"]);
    expect(said).toContain("\n10.0.0.11: control plane and worker\nThe connection was not tested yet.");
  });

  test("may be logged in to in another way; emptied again, nothing of that is left", async () => {
    const own = ["5", "2", "3", "ann", "2222", ""];
    const { said, topology } = await describing([...pasted, ...own, "5", "2", "back"]);
    expect(said).toContain("Logs in as ann, port 2222");
    expect(topology?.nodes?.[1]?.ssh).toEqual({ user: "ann", port: 2222 });
    const again = await describing([...pasted, ...own, "5", "2", "3", "-", "-", ""]);
    expect(again.topology?.nodes?.[1]).toEqual({ name: "w-1", address: "10.0.0.21", roles: ["worker"] });
  });

  test("among many is named by what it is called, where it is, or its number", async () => {
    const many = Array.from({ length: 20 }, (_, at) => `n-${at + 1} 10.0.0.${at + 11} worker`).join("\n");
    const answers = [
      "3",
      many,
      "end",
      "1",
      "5",
      "nobody",
      "?",
      "n-7",
      "back",
      "5",
      "10.0.0.18",
      "back",
      "5",
      "9",
      "back",
    ];
    const { said } = await describing(answers);
    expect(said).toContain("Add n-10, 10.0.0.20, worker\nand 10 more machines");
    expect(said).toContain("None of them is called that; ? says them all, back leaves.");
    expect(said).toContain("  20  n-20: 10.0.0.30, worker");
    for (const name of ["n-7: 10.0.0.17", "n-8: 10.0.0.18", "n-9: 10.0.0.19"]) {
      expect(said).toContain(`${name}, worker\nThe connection was not tested yet.`);
    }
  });
});

describe("how all machines are logged in to", () => {
  const pasted = ["3", three.join("\n"), "end", "1"];

  test("is asked with where secrets are and the bastion, and back leads through the answers", async () => {
    const login = ["7", "ann", "2222", "~/key", "2", "/run/sudo", "$LOGIN", "-", "10.0.0.5", "back", "10.0.0.6", "bob"];
    const { said, topology } = await describing([...pasted, ...login, "", ""]);
    expect(topology?.ssh).toEqual({
      ...{ user: "ann", port: 2222, keyFile: "~/key", hostKeys: "accept-new" },
      ...{ sudoPassword: { file: "/run/sudo" }, password: { env: "LOGIN" } },
      bastion: { address: "10.0.0.6", user: "bob" },
    });
    expect(said).toContain("Bastion, the machine all connections go through [10.0.0.5]: 10.0.0.6");
    expect(said).toContain("How all are logged in to: as ann, port 2222, ~/key, host keys: accept-new");
  });

  test("left as it is changes nothing", async () => {
    const { topology } = await describing([...pasted, "7", "", "", "~/key", "", "", "", "", ""]);
    expect(topology?.ssh).toEqual({ keyFile: "~/key" });
    const untouched = await describing([...pasted, "7", "", "", "", "", "", "", "", ""]);
    expect(untouched.topology?.ssh).toBeUndefined();
  });
});

describe("the test of the connections", () => {
  const fine: TestedMachine = { state: "fine", os: "Debian GNU/Linux 12\u001B[2J", cpus: 2, memoryBytes: 4 * 2 ** 30 };
  const refused: TestedMachine = {
    state: "failed",
    message: "Login refused.",
    likelyCause: "The key is not known there.",
    next: ["Name the key file."],
  };
  const trust = {
    title: "The host key of 10.0.0.11 is not known yet",
    lines: ["ssh-ed25519 SHA256:abc"],
    danger: true,
    choices: [
      { value: "no", label: "Do not trust it" },
      { value: "yes", label: "It is the same: trust it" },
    ],
    safe: "no",
  };
  const pasted = ["3", three.join("\n"), "end", "1"];

  test("says of each machine what was found, and what to do", async () => {
    const asked: MachineToTest[] = [];
    const testMachine: Services["testMachine"] = async (wanted) => {
      asked.push(wanted);
      return wanted.machine.name === "w-1" ? refused : fine;
    };
    const { said } = await describing([...pasted, "6"], { testMachine });
    expect(asked.map(({ cluster, machine }) => [cluster, machine.name])).toEqual([
      ["demo", "cp-1"],
      ["demo", "w-1"],
      ["demo", "w-2"],
    ]);
    expect(said).toContain("Logging in to 3 machines. Nothing is changed. Ctrl-C ends it.");
    expect(said).toContain("cp-1: Logged in and became root: Debian GNU/Linux 12, 2 CPUs, 4 GiB");
    expect(said).toContain(
      "w-1: Login refused.\n  Likely cause: The key is not known there.\n  Next: Name the key file.",
    );
    expect(said).toContain("Of 3 machines, 2 can be logged in to, 1 cannot.\n3 machines.");
    expect(said).toContain("6  Test the connections: 2 can be logged in to, 1 cannot");
    expect(said).not.toContain("\u001B");
  });

  test("is repeated for those that failed, or for all", async () => {
    const asked: (string | undefined)[] = [];
    const testMachine: Services["testMachine"] = async ({ machine: { name } }) => {
      asked.push(name);
      return name === "w-1" && asked.length < 4 ? refused : fine;
    };
    const { said } = await describing([...pasted, "6", "6", "", "6"], { testMachine });
    expect(said).toContain("1  The 1 that could not be logged in to yet\n  2  All 3");
    expect(asked).toEqual(["cp-1", "w-1", "w-2", "w-1", "cp-1", "w-1", "w-2"]);
    expect(said).toContain("Of 3 machines, all can be logged in to.");
  });

  test("asks about host keys one after the other; Enter alone trusts none, and results wait for the answer", async () => {
    const answers: string[] = [];
    const testMachine: Services["testMachine"] = async ({ machine }, { ask, signal }) => {
      if (machine.name === "w-2") return fine;
      answers.push(await ask(trust, signal));
      return fine;
    };
    const { said } = await describing([...pasted, "6", "", "2"], { testMachine });
    expect(answers).toEqual(["no", "yes"]);
    const question =
      "is not known yet\nssh-ed25519 SHA256:abc\n  1  Do not trust it\n  2  It is the same: trust it\nNumber [1]: ";
    expect(said.split(question)).toHaveLength(3);
    expect(said).toMatch(/Number \[1]: 2\n(?:.*\n)*Of 3 machines, all/);
  });

  test("names the machines that are waited for when nothing was heard for a while, but not over a question", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
    try {
      const testMachine: Services["testMachine"] = async ({ machine }, { ask, signal }) => {
        if (machine.name === "w-1") vi.advanceTimersByTime(30_000);
        if (machine.name === "w-2") await ask(slowly, signal);
        return fine;
      };
      const slowly = {
        ...trust,
        get title() {
          vi.advanceTimersByTime(30_000);
          return trust.title;
        },
      };
      const { said } = await describing([...pasted, "6", "2"], { testMachine });
      expect(said.match(/^Still waiting for .*$/gm)?.[0]).toBe("Still waiting for cp-1, w-1.");
      expect(said.slice(said.indexOf("Number [1]: 6"))).not.toMatch(/is not known yet[\s\S]*Still waiting/);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test("is made of one machine, whose result stays with it", async () => {
    const testMachine: Services["testMachine"] = async () => refused;
    const { said } = await describing([...pasted, "5", "2", "2", "5", "2"], { testMachine });
    expect(said).toContain("w-1: 10.0.0.21, worker\nThe connection was not tested yet.");
    expect(said).toContain("Logging in to 1 machine.");
    expect(said).toContain("w-1: 10.0.0.21, worker\nLogin refused.\nLikely cause: The key is not known there.");
  });

  test("says of a test that cannot be made why, and goes on", async () => {
    const testMachine: Services["testMachine"] = async () => {
      throw new Error("no socket");
    };
    const { said } = await describing([...pasted, "6"], { testMachine });
    expect(said).toContain("w-2: no socket");
    expect(said).toContain("Of 3 machines, none can be logged in to.");
  });

  test("ends when the person leaves at a host key, and the program with it", async () => {
    const given: AbortSignal[] = [];
    const testMachine: Services["testMachine"] = async (_, { ask, signal }) => {
      given.push(signal);
      await ask(trust, signal);
      return fine;
    };
    const { said, exitCode } = await describing([...pasted, "6", ctrlC, "yes"], { testMachine });
    expect(exitCode).toBeUndefined();
    expect(given.every(({ aborted }) => aborted)).toBe(true);
    expect(said.trim().split("\n").at(-1)).toBe("yes or no [no]: yes");
  });

  test("is ended by Ctrl-C, what was found out stays, and the description goes on", async () => {
    let press = () => undefined as unknown;
    const testMachine: Services["testMachine"] = ({ machine }, { signal }) => {
      if (machine.name === "cp-1") return Promise.resolve(fine);
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        if (machine.name === "w-2") setImmediate(press);
      });
    };
    const working = (pressCtrlC: () => void) => {
      press = pressCtrlC;
    };
    const { said, nodes } = await describing([...pasted, "6"], { testMachine }, { working });
    expect(said).toContain("cp-1: Logged in and became root");
    expect(said).toContain("The tests were ended; what was found out stays.\n3 machines.");
    expect(said).toContain("6  Test the connections: 1 can be logged in to");
    expect(said).not.toContain("w-1: ");
    expect(nodes).toEqual(asDescribed);
  });

  test("ends with the program when that is told to stop", async () => {
    const stop = new AbortController();
    const testMachine: Services["testMachine"] = (_, { signal }) => {
      stop.abort();
      return new Promise((_resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        else signal.addEventListener("abort", () => reject(signal.reason));
      });
    };
    const { said, exitCode } = await describing([...pasted, "6"], { testMachine }, { stop: stop.signal });
    expect(exitCode).toBeUndefined();
    expect(said.trim().split("\n").at(-1)).toBe("Logging in to 3 machines. Nothing is changed. Ctrl-C ends it.");
  });
});
