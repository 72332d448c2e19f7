import { afterEach, describe, expect, test } from "vitest";
import { Secret } from "../../../../src/engine/secret.ts";
import { began, failed, finished, type RunRigOptions, runRig, said, started, summary } from "./run-rig.tsx";

describe("the run screen", () => {
  let open: Awaited<ReturnType<typeof runRig>> | undefined;
  afterEach(() => open?.close());
  const run = async (options?: RunRigOptions) => {
    open = await runRig(options);
    return open;
  };
  const snapshot = (name: string) => `./__snapshots__/${name}.txt`;
  const somethingHappened = async (options?: RunRigOptions) => {
    const started_ = await run(options);
    started_.emit(
      began,
      started("os.packages", "cp-1"),
      said("os.packages", "cp-1", "Setting up conntrack"),
      finished("os.packages", "cp-1"),
      started("kubeadm.join", "cp-1"),
      started("os.packages", "w-1"),
      failed("os.packages", "w-1", { code: "command-failed", message: "apt-get is locked" }),
    );
    await started_.shows("1 failed");
    await expect.poll(() => started_.screen().match(/[✖x] w-1/g)).toHaveLength(2);
    await expect.poll(started_.screen).toMatch(/full screen (n next failed|Esc back)/);
    return started_;
  };
  const steady = (screen: string) => screen.replaceAll(/ +\d+(?:\.\d)? m?s\b/g, "  TIME");

  test("shows steps, nodes and what the chosen node says", async () => {
    const { emit, shows, press, screen } = await run();
    emit(started("os.packages", "cp-1"), said("os.packages", "cp-1", "Setting up conntrack"));
    await shows("Setting up conntrack");
    emit(finished("os.packages", "cp-1"), started("kubeadm.join", "w-1"));
    await shows("1 of 4 steps");
    await press("down");
    await shows("Log of w-1");
    expect(screen().split("Log of w-1")[1]).not.toContain("Setting up conntrack");
  });

  test("looks like this", async () => {
    const { looksLike } = await somethingHappened();
    await looksLike(snapshot("run-80x24"), steady);
  });

  test("looks like this on a large terminal", async () => {
    const { looksLike } = await somethingHappened({ columns: 120, rows: 40 });
    await looksLike(snapshot("run-120x40"), steady);
  });

  test("looks like this on a small one without colour and symbols", async () => {
    const { screen, terminal, looksLike } = await somethingHappened({
      columns: 60,
      rows: 15,
      colour: false,
      unicode: false,
    });
    await looksLike(snapshot("run-60x15-ascii"), steady);
    const cells = Array.from({ length: 15 }, (_, row) => terminal.buffer.active.getLine(row)?.getCell(4));
    expect(cells.every((cell) => cell?.isFgDefault())).toBe(true);
    expect(screen()).toMatch(/^[\n\x20-\x7e]*$/);
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

  test("says what goes on before the first step", async () => {
    const { inform, emit, shows, screen } = await run();
    await shows("Looking at every node");
    inform("start cp-1, w-1");
    await shows("start cp-1, w-1");
    expect(screen()).not.toContain("0 of 4 steps");
    emit(began);
    await shows("0 of 4 steps");
  });

  test("what preflight found is counted, and told in the log of the cluster", async () => {
    const { emit, shows, press } = await run({ columns: 120, rows: 40 });
    const finding = { severity: "warning", check: "resources.memory", message: "Little memory" } as const;
    emit({
      ...{ type: "preflight", nodes: ["cp-1"], checks: 3, notes: [] },
      findings: [{ ...finding, node: "cp-1", measured: "1 GiB", limit: "2 GiB", fix: "Add memory" }],
    });
    await shows("1 found by preflight");
    await press("tab", "a");
    await shows("Little memory (1 GiB, wanted 2 GiB)");
  });

  test("a failed step opens by itself", async () => {
    const { emit, shows, screen } = await run();
    emit(started("os.packages", "w-1"), failed("os.packages", "w-1", { code: "command-failed", message: "locked" }));
    await shows("1 failed");
    await expect.poll(() => screen().split("Nodes")[0]).toMatch(/✖ w-1/);
  });

  test("finds the nodes that failed among many", async () => {
    const nodes = Array.from({ length: 300 }, (_, index) => `w-${index + 1}`);
    const { emit, shows, press } = await run({ nodes });
    emit(failed("os.packages", "w-150", { code: "command-failed", message: "no space left" }));
    await shows("1 failed");
    await press("n");
    await shows("Log of w-150");
    await press("/", "w-27", "enter");
    await shows('only "w-27"');
    await shows("Log of w-27");
  });

  test("what machines say cannot change the screen, and secrets are not shown", async () => {
    const { emit, shows, screen } = await run();
    const secret = new Secret("correct-horse-battery");
    emit(
      started("os.packages", "cp-1"),
      said("os.packages", "cp-1", `\u001B[2J\u001B[31mname\tvalue ${secret.reveal()} 漢字\u0007`),
    );
    await shows("name    value");
    await shows("Steps");
    await shows("漢字");
    expect(screen()).not.toContain("correct-horse");
  });

  test("S opens a shell on the chosen node while the run goes on", async () => {
    const attached: string[] = [];
    const { press, shows, emit } = await run({
      services: {
        shell: async (_, node) => ({
          attach: async () => void attached.push(node),
        }),
      },
    });
    await press("down");
    await shows("Log of w-1");
    await press("S");
    await expect.poll(() => attached).toEqual(["w-1"]);
    emit(started("os.packages", "cp-1"), finished("os.packages", "cp-1"));
    await shows("1 of 4 steps");
  });

  test("says why there is no shell", async () => {
    const { press, shows } = await run({
      services: {
        shell: async () => {
          throw new Error("the connection was refused");
        },
      },
    });
    await press("S");
    await shows("the connection was refused");
  });

  test("stopping says so until the running steps have ended", async () => {
    const { press, shows, tools, emit } = await run({ columns: 120, rows: 40 });
    emit(began);
    await press("ctrl-c");
    await shows("Stop the install of demo?");
    await press("down", "enter");
    await shows("stopping after the running steps");
    expect(tools()?.stop.aborted).toBe(true);
    expect(tools()?.signal.aborted).toBe(false);
  });

  test("Ctrl-C twice leaves with 130, also while a question waits", async () => {
    const { press, shows, tools, left } = await run();
    const question = {
      title: "Trust it?",
      lines: [],
      danger: true,
      choices: [{ value: "no", label: "No" }],
      safe: "no",
    };
    const answer = tools()?.ask(question, new AbortController().signal);
    await shows("Trust it?");
    await press("ctrl-c", "ctrl-c");
    expect(left()).toBe(130);
    expect(answer).toBeInstanceOf(Promise);
  });

  test("Ctrl-L draws the screen anew when something else has written on it", async () => {
    const { press, shows, showsNot, screen, terminal } = await run();
    await shows("Ctrl-C quit");
    const before = screen();
    await new Promise<void>((resolve) => terminal.write("\u001B[5;5Hwall message\u001B[24;1H", resolve));
    await shows("wall message");
    await press("ctrl-l");
    await showsNot("wall message");
    await shows("Ctrl-C quit");
    expect(screen().split("\n").toSpliced(2, 1)).toEqual(before.split("\n").toSpliced(2, 1));
  });

  test("Esc gives the other panels their room again before it leaves the run", async () => {
    const { press, shows, showsNot } = await run();
    await press("f");
    await showsNot("Steps");
    await press("esc");
    await shows("Steps");
    await press("esc");
    await shows("install of demo  under way");
  });

  test("an end that is longer than the screen begins with its last lines, and can be read back", async () => {
    const { end, over, shows, press, emit, screen } = await run({ rows: 15, columns: 60 });
    emit(began, summary("ok"));
    end({ exitCode: 0, closing: [...Array.from({ length: 30 }, (_, pod) => `pod-${pod}`), "kubeconfig: demo.conf"] });
    await over;
    await shows("kubeconfig: demo.conf");
    await shows("lines 25-31 of 31");
    expect(screen()).not.toContain("pod-20");
    await press("page-up");
    await shows("pod-20");
  });

  test("the end is shown and printed again after leaving", async () => {
    const { end, over, shows, press, left, emit, saidAfterwards } = await run();
    emit(began, summary("ok"));
    end({ exitCode: 0, closing: ["kubeconfig: /root/demo.conf", "kubectl get nodes"] });
    await over;
    await shows("install of demo is done");
    await shows("kubectl get nodes");
    expect(saidAfterwards()).toEqual(["kubeconfig: /root/demo.conf", "kubectl get nodes"]);
    await press("enter");
    expect(left()).toBe(0);
  });
});
