import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../../src/engine/events.ts";
import { Secret } from "../../../src/engine/secret.ts";
import { linesForPlace } from "../../../src/report/lines-for-place.ts";
import { everyEvent } from "./every-event.ts";

const place = { step: "os.packages", title: "Install packages", node: "w-1" } as const;

function linesOf(events: readonly RunEvent[], env: Record<string, string> = {}): string[] {
  const lines: string[] = [];
  const reporter = linesForPlace({ write: (line) => lines.push(line), env: { GITHUB_ACTIONS: "true", ...env } });
  for (const event of events) reporter.emit(event);
  reporter.end();
  return lines.map((line) => line.replace(/\d\d:\d\d:\d\d/, "TIME"));
}

test("what commands printed folds away below the line of their step, errors are annotations", () => {
  expect(linesOf(everyEvent)).toMatchInlineSnapshot(`
    [
      "TIME cluster warning[resources.memory] on w-1: Little memory",
      "TIME cluster   seen:   1.0 GiB",
      "TIME cluster   wanted: 2 GiB",
      "TIME cluster   fix:    give the machine more memory",
      "TIME cluster ",
      "TIME cluster note: w-1 has no perl",
      "TIME cluster Preflight of 2 nodes found 1 warning (45 checks).",
      "TIME cluster running 2 steps on 2 nodes",
      "TIME cluster done    Start the control plane: the API answers (21.3 s)",
      "TIME w-1     warning: w-1 is slow to answer",
      "::warning title=w-1::demo.yaml:3:5: error: spec.ha: unknown key%0A 3 |     mod: single%0A   |     ^^^%0A   = did you mean mode?%0A   = allowed: mode%0Aerror[command-failed]: kubeadm ended with exit code 1.%0A  error[unreachable]: w-2 does not answer.%0A  where:   node w-1, step kubeadm.join%0A  command: kubeadm join --config /root/join.yaml%0A  exit:    1%0A  output:%0A    no route to host%0A  likely:  The API server is not reachable from w-1.%0A  next:    check the firewall",
      "::group::TIME w-1     FAILED  Join the cluster: kubeadm ended with exit code 1. (2.1 s)",
      "        | [preflight] Running pre-flight checks",
      "::endgroup::",
      "::error title=w-1%3A Join the cluster::demo.yaml:3:5: error: spec.ha: unknown key%0A 3 |     mod: single%0A   |     ^^^%0A   = did you mean mode?%0A   = allowed: mode%0Aerror[command-failed]: kubeadm ended with exit code 1.%0A  error[unreachable]: w-2 does not answer.%0A  where:   node w-1, step kubeadm.join%0A  command: kubeadm join --config /root/join.yaml%0A  exit:    1%0A  output:%0A    no route to host%0A  likely:  The API server is not reachable from w-1.%0A  next:    check the firewall",
      "TIME w-1     this node is set aside, the others go on: kubeadm ended with exit code 1.",
      "::warning title=w-1 is set aside::kubeadm ended with exit code 1.",
      "TIME cluster partial after 24.0 s: 1 changed, 1 failed; set aside: w-1",
      "TIME cluster critical path, 23.4 s:",
      "TIME cluster      21.3 s  kubeadm.init             cluster",
      "TIME cluster       2.1 s  kubeadm.join             w-1",
      "TIME cluster slowest steps:",
      "TIME cluster     slowest       median          all",
      "TIME cluster      21.3 s       21.3 s       21.3 s  kubeadm.init",
    ]
  `);
});

test("steps that run at the same time do not mix their output", () => {
  const other = { ...place, node: "w-2" };
  const done = { type: "step-finished", outcome: "changed", message: "all there", durationMs: 1000 } as const;
  const lines = linesOf([
    { type: "step-output", line: "one", ...place },
    { type: "step-output", line: "two", ...other },
    { type: "step-output", line: "one more", ...place },
    { ...done, ...other },
    { ...done, ...place },
  ]);
  expect(lines).toEqual([
    "::group::TIME w-2     done    Install packages: all there (1.0 s)",
    "        | two",
    "::endgroup::",
    "::group::TIME w-1     done    Install packages: all there (1.0 s)",
    "        | one",
    "        | one more",
    "::endgroup::",
  ]);
});

test("only the last lines of a very talkative step are kept", () => {
  const talk = Array.from(
    { length: 5000 },
    (_, index): RunEvent => ({ type: "step-output", line: `line ${index}`, ...place }),
  );
  const lines = linesOf([...talk, { type: "step-finished", outcome: "changed", message: "", durationMs: 1, ...place }]);
  expect(lines.length).toBeLessThan(2100);
  expect(lines[1]).toMatch(/^\(\d+ earlier lines are left out\)$/);
  expect(lines.at(-2)).toBe("        | line 4999");
});

test("a machine cannot give the runner commands", () => {
  const commands = ["::stop-commands::x", "  ::add-path::/evil", "##[set-env name=A]b", "a\n::error::b"];
  const lines = linesOf([
    ...commands.map((line): RunEvent => ({ type: "step-output", line, ...place })),
    { type: "step-finished", outcome: "changed", message: "done\n::set-env name=PATH::/evil", durationMs: 1, ...place },
    ...commands.map((message): RunEvent => ({ type: "diagnostic", level: "info", message })),
  ]);
  const obeyed = lines.filter((line) => /^\s*::(?!group::TIME|endgroup::$)/.test(line) || line.includes("##["));
  expect(obeyed).toEqual([]);
});

test("the job's page gets a summary, without secrets and without broken tables", async () => {
  const folder = await mkdtemp(join(tmpdir(), "summary-"));
  const token = new Secret("abcdef.0123456789abcdef");
  const error = { code: "step-failed", node: "w-1", step: "os.packages", message: `a | b\n${token.reveal()}` } as const;
  const failed: RunEvent = { type: "step-finished", outcome: "failed", message: "", durationMs: 1, error, ...place };
  linesOf([failed, ...everyEvent.slice(-1)], { GITHUB_STEP_SUMMARY: join(folder, "summary.md") });
  expect(await readFile(join(folder, "summary.md"), "utf8")).toMatchInlineSnapshot(`
    "## kube-installer: ⚠️ partly done after 24.0 s

    Steps: 1 changed, 1 failed.

    Set aside: w-1.

    | node | step | error | message |
    | --- | --- | --- | --- |
    | w-1 | os.packages | \`step-failed\` | a \\| b<br>[secret] |

    <details><summary>Critical path</summary>

    | step | node | time |
    | --- | --- | --- |
    | kubeadm.init | cluster | 21.3 s |
    | kubeadm.join | w-1 | 2.1 s |

    </details>

    <details><summary>Slowest steps</summary>

    | step | instances | slowest | median | all |
    | --- | --- | --- | --- | --- |
    | kubeadm.init | 1 | 21.3 s | 21.3 s | 21.3 s |

    </details>
    "
  `);
  await rm(folder, { recursive: true });
});

test("a summary that cannot be written does not stop the run", () => {
  const lines = linesOf(everyEvent, { GITHUB_STEP_SUMMARY: "/no/such/folder/summary.md" });
  expect(lines.at(-1)).toMatch(/^::warning title=summary::The summary of this run cannot be written: Error: ENOENT/);
});

test("anywhere else the lines are plain", () => {
  expect(linesOf(everyEvent, { GITHUB_ACTIONS: "" }).join("\n")).not.toContain("::");
});
