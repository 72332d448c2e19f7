import { spawnSync } from "node:child_process";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";

let program = "";
beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { outliveOutput } from "./src/cli/outlive-output.ts";
        outliveOutput();
        for (let line = 0; line < 50; line++) {
          process.stdout.write("x".repeat(10_000) + "\\n");
          await new Promise((resolve) => setImmediate(resolve));
        }
        process.stderr.write("went on to the end\\n");`,
      resolveDir: ".",
    },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  program = outputFiles[0]?.text ?? "";
});

/** Runs the program with its output led elsewhere by a shell. */
function runInto(redirection: string) {
  const script = `"$0" --input-type=module -e "$1" ${redirection}; exit \${PIPESTATUS[0]}`;
  return spawnSync("bash", ["-c", script, process.execPath, program], { encoding: "utf8" });
}

test("a reader that went away does not end the command", () => {
  const { status, stderr } = runInto("| head -c 1");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "went on to the end\n" });
});

test("a full disk behind the output does not end the command, and is told once", () => {
  const { status, stderr } = runInto("> /dev/full");
  expect(status).toBe(0);
  expect(stderr).toMatch(/^warning: the output cannot be written \(ENOSPC.*\n.*went on to the end\n$/);
});
