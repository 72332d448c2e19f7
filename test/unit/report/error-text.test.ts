import { expect, test } from "vitest";
import { InstallerError } from "../../../src/engine/errors.ts";
import { formatError } from "../../../src/report/error-text.ts";

test("says what failed, where, the evidence, the likely cause and what to do next", () => {
  const error = new InstallerError("command-failed", {
    message: "containerd could not be started.",
    node: "w-1",
    step: "runtime.containerd",
    command: "systemctl restart containerd",
    commandExitCode: 1,
    output: "Job for containerd.service failed\nSee journalctl -xe\n",
    likelyCause: "The configuration in /etc/containerd/config.toml is not valid.",
    nextSteps: ["`journalctl -u containerd` on w-1 names the line", "run the same command again afterwards"],
  });
  expect(formatError(error)).toMatchInlineSnapshot(`
    "error[command-failed]: containerd could not be started.
      where:   node w-1, step runtime.containerd
      command: systemctl restart containerd
      exit:    1
      output:
        Job for containerd.service failed
        See journalctl -xe
      likely:  The configuration in /etc/containerd/config.toml is not valid.
      next:    \`journalctl -u containerd\` on w-1 names the line
               run the same command again afterwards"
  `);
});
