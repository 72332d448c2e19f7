import { describe, expect, it } from "vitest";
import { commandFailed } from "../../../src/ssh/command-failed.ts";
import { sh } from "../../../src/ssh/shell.ts";

const result = { exitCode: 1, signal: null, stdout: "", stderr: "" };

describe("commandFailed", () => {
  it("shows the command, its end and the last lines of both outputs", () => {
    const error = commandFailed(sh`apt-get install ${"x y"}`, {
      ...result,
      exitCode: 100,
      stdout: "Reading…\r50%\r100%\n",
      stderr: "\u001b[31mE: Unable to locate package\u001b[0m\n",
    });
    expect(error.message).toBe("`apt-get install 'x y'` ended with exit code 100.");
    expect(error.details).toEqual({
      command: "apt-get install 'x y'",
      commandExitCode: 100,
      output: "Reading…\n50%\n100%\nE: Unable to locate package",
    });
  });

  it("keeps twenty lines and shortens long commands only in the sentence", () => {
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`).join("\n");
    const error = commandFailed(sh`first\nsecond`, { ...result, stdout: lines });
    expect(error.details.output?.split("\n")).toHaveLength(20);
    expect(error.details.output).toMatch(/^line 30\n.*line 49$/s);
    expect(error.message).toBe("`first …` ended with exit code 1.");
    expect(error.details.command).toBe("first\nsecond");
  });

  it("says when a signal ended it", () => {
    expect(commandFailed(sh`sleep 9`, { ...result, exitCode: null, signal: "SIGKILL" }).message).toContain("SIGKILL");
  });

  it("knows a full disk and a broken one", () => {
    const failed = (stderr: string) => commandFailed(sh`x`, { ...result, stderr }).details.likelyCause;
    expect(failed("cat: write error: No space left on device")).toBe("The disk is full.");
    expect(failed("touch: cannot touch 'a': Read-only file system")).toContain("read-only");
    expect(failed("anything else")).toBeUndefined();
  });
});
