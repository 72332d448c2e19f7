import { afterEach, describe, expect, test } from "vitest";
import type { ErrorReport } from "../../../../src/engine/events.ts";
import { Secret } from "../../../../src/engine/secret.ts";
import type { RunEnd } from "../../../../src/ui/run/run-end.ts";
import { began, failed, type RunRigOptions, runRig, said, started, summary } from "./run-rig.tsx";

const error: ErrorReport = {
  code: "command-failed",
  message: "The packages cannot be installed",
  node: "w-1",
  command: "apt-get install -y containerd",
  commandExitCode: 100,
  output: Array.from({ length: 40 }, (_, line) => `E: line ${line + 1} of apt`).join("\n"),
  likelyCause: "Another apt-get runs.",
  nextSteps: ["Wait until it has ended."],
};

describe("the failure screen", () => {
  let open: Awaited<ReturnType<typeof runRig>> | undefined;
  afterEach(() => open?.close());
  const snapshot = (name: string) => `./__snapshots__/${name}.txt`;

  /** A run that ended on w-1. */
  async function failedRun(options: RunRigOptions = {}, end: Partial<RunEnd> = {}) {
    open = await runRig(options);
    open.emit(began, started("os.packages", "w-1"), failed("os.packages", "w-1", error), summary("failed"));
    open.end({ exitCode: 1, log: "/var/log/demo.log", error, ...end });
    await open.over;
    await open.shows("Leave");
    await open.shows("Enter choose");
    return open;
  }
  /** A run that ended before its first step. */
  async function endedRun(end: RunEnd) {
    open = await runRig();
    open.end(end);
    await open.over;
    await open.shows("Leave");
    return open;
  }

  test("tells what failed, where and why, and offers the ways on", async () => {
    const { looksLike } = await failedRun();
    await looksLike(snapshot("failure-80x24"));
  });

  test("has room on a small terminal without symbols, and the rest can be read", async () => {
    const { press, shows, looksLike } = await failedRun({ columns: 60, rows: 15, colour: false, unicode: false });
    await looksLike(snapshot("failure-60x15-ascii"));
    for (let page = 0; page < 20; page++) await press("page-down");
    await shows("E: line 40 of apt");
    await shows("Log: /var/log/demo.log");
  });

  test("Enter retries the same", async () => {
    const { press, requests, shows } = await failedRun();
    await press("enter");
    await shows("Looking at every node");
    expect(requests).toEqual([requests[0], requests[0]]);
  });

  test("a worker can be left out", async () => {
    const { press, requests, shows } = await failedRun();
    await press("down", "enter");
    await shows("Looking at every node");
    expect(requests.at(-1)?.only).toEqual(["cp-1"]);
  });

  test("a shell can be opened on the node that failed", async () => {
    const asked: string[] = [];
    const shell = async (_: unknown, node: string) => ({ attach: async () => void asked.push(node) });
    const { press } = await failedRun({ services: { shell } });
    await press("down", "down", "enter");
    await expect.poll(() => asked).toEqual(["w-1"]);
  });

  test("the report holds the failure and the log, but no secret", async () => {
    const secret = new Secret("planted-secret-42");
    const saved: string[] = [];
    const saveLines = async (_: string, lines: readonly string[]) => {
      saved.push(...lines);
      return "/root/demo-report.log";
    };
    open = await runRig({ services: { saveLines } });
    const leaky = { ...error, message: `cannot log in with ${secret.reveal()}`, output: `token ${secret.reveal()}` };
    open.emit(
      started("os.packages", "w-1"),
      said("os.packages", "w-1", `using ${secret.reveal()} now`),
      failed("os.packages", "w-1", leaky),
    );
    open.inform(`the password is ${secret.reveal()}`);
    open.end({ exitCode: 1, error: leaky, closing: [secret.reveal()] });
    await open.over;
    await open.shows("Save report");
    await open.press("up", "up", "enter");
    await open.shows("Saved: /root/demo-report.log");
    const text = saved.join("\n");
    expect(text).toContain("cannot log in with");
    expect(text).toContain("now");
    expect(text).toContain("the password is");
    expect(text).not.toContain("planted-secret");
    expect(open.screen()).not.toContain("planted-secret");
  });

  test("n goes from one failure to the next", async () => {
    open = await runRig();
    open.emit(failed("os.packages", "cp-1", { ...error, node: "cp-1", message: "first reason" }));
    open.emit(failed("os.packages", "w-1", { ...error, message: "second reason" }));
    open.end({ exitCode: 1 });
    await open.over;
    await open.shows("2 things failed");
    await open.shows("first reason");
    await open.press("n");
    await open.shows("second reason");
    await open.shows("Go on without w-1");
    await open.press("n");
    await open.showsNot("Go on without");
  });

  test("a partial end names how many nodes are missing", async () => {
    open = await runRig();
    open.emit(began, { type: "node-set-aside", node: "w-1", error }, summary("partial", ["w-1"]));
    open.end({ exitCode: 6, error: { code: "partial", message: "1 node was set aside", failures: [error] } });
    await open.over;
    await open.shows("1 node set aside, the rest is done");
    await open.shows("The packages cannot be installed");
    await open.shows("❯ Try again");
  });

  test("an interrupted end offers to resume", async () => {
    const { shows } = await endedRun({ exitCode: 130, error: { code: "interrupted", message: "Interrupted." } });
    await shows("Interrupted: what is done stays done");
    await shows("❯ Resume");
  });

  test("a preflight that found errors leads back to the review", async () => {
    const { shows, model, press } = await endedRun({
      ...{ exitCode: 3, error: { code: "preflight-failed", message: "Preflight found 2 errors" } },
    });
    await shows("Preflight stopped it");
    await press("enter");
    expect(model.trail.get().at(-1)).toMatchObject({ screen: "review", request: { cluster: "demo" } });
  });

  test("the lock of another run is broken only after a second thought", async () => {
    const { shows, showsNot, press, requests } = await endedRun({
      ...{ exitCode: 7, error: { code: "locked", message: "ann@host holds the lock" } },
    });
    await shows("Another run works on this cluster");
    await shows("❯ Try again");
    await press("down", "enter");
    await shows("❯ No, leave it");
    await press("enter");
    await showsNot("No, leave it");
    expect(requests).toHaveLength(1);
    await press("down", "enter", "down", "enter");
    await shows("Looking at every node");
    expect(requests.at(-1)).toMatchObject({ breakLock: true });
  });

  test("leaves with the run's exit code, and Ctrl-C twice with 130", async () => {
    const { press, left, shows } = await failedRun();
    await press("up", "enter");
    expect(left()).toBe(1);
    await press("ctrl-c");
    await shows("Leave?");
    await press("ctrl-c");
    expect(left()).toBe(130);
  });
});
