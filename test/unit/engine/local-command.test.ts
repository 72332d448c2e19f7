import { expect, test } from "vitest";
import { runLocal } from "../../../src/engine/local-command.ts";

const { signal } = new AbortController();

test("collects output, and lines while they arrive", async () => {
  const lines: string[] = [];
  const onLine = (line: string) => void lines.push(line);
  const result = await runLocal("sh", ["-c", "echo one; echo two >&2; cat"], { signal, stdin: "three", onLine });
  expect(result).toEqual({ exitCode: 0, stdout: "one\nthree", stderr: "two\n" });
  expect(lines.sort()).toEqual(["one", "two"]);
});

test("a failure says which command, how it ended and what it wrote last", async () => {
  await expect(runLocal("sh", ["-c", "echo no room >&2; exit 4"], { signal })).rejects.toMatchObject({
    code: "command-failed",
    details: { command: "sh -c echo no room >&2; exit 4", commandExitCode: 4, output: "no room" },
  });
  await expect(runLocal("/nonexistent/program", [], { signal })).rejects.toMatchObject({ code: "command-failed" });
});

test("what a program has started ends with it, too slow or cancelled", async () => {
  const waitsForChild = ["-c", "sleep 600 & wait"];
  await expect(runLocal("sh", waitsForChild, { signal, deadline: 50 })).rejects.toMatchObject({
    code: "deadline-exceeded",
  });
  const controller = new AbortController();
  const running = runLocal("sh", ["-c", "echo started; sleep 600 & wait"], {
    signal: controller.signal,
    onLine: () => controller.abort(),
  });
  await expect(running).rejects.toMatchObject({ name: "AbortError" });
});
