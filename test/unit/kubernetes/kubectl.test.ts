import { expect, test } from "vitest";
import { runLocal } from "../../../src/engine/local-command.ts";
import { definesAnswer } from "../../../src/kubernetes/kubectl.ts";
import { sh } from "../../../src/ssh/shell.ts";

const complaint = "E1121 19:27:13.361044    1698 request.go:668] Waited for 1s due to a lost packet";

/** What `answer` makes of a command that complains, prints and ends so. */
async function answered({ prints, exits }: { prints: string; exits: number }) {
  const command = sh`${definesAnswer}
command() { echo ${complaint} >&2; printf %s ${prints}; return ${exits}; }
answer command`;
  const { stdout, exitCode } = await runLocal("sh", ["-c", command.text], {
    signal: new AbortController().signal,
    allow: [exits],
  });
  return { stdout, exitCode };
}

test("what kubectl logs on the way is no part of its answer", async () => {
  expect(await answered({ prints: "ok", exits: 0 })).toEqual({ stdout: "ok\n", exitCode: 0 });
  expect(await answered({ prints: "", exits: 0 })).toEqual({ stdout: "\n", exitCode: 0 });
});

test("a failure says why, in the log's words when there are no others", async () => {
  expect(await answered({ prints: "refused", exits: 1 })).toEqual({ stdout: "refused\n", exitCode: 1 });
  expect(await answered({ prints: "", exits: 1 })).toEqual({ stdout: `${complaint}\n`, exitCode: 1 });
});
