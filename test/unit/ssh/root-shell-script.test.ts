import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rootShellScript } from "../../../src/ssh/root-shell-script.ts";
import { sh } from "../../../src/ssh/shell.ts";

// Real programs are started here, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "root-shell-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Feeds the loop everything at once, as the user running the tests. */
function feed(input: string) {
  return spawnSync("sh", ["-c", rootShellScript.text], { input, encoding: "utf8" });
}

describe("rootShellScript", () => {
  it("runs request after request and marks what belongs to each", () => {
    const { stdout, stderr } = feed("m1 0 1\necho one; echo err >&2; exit 3\nm2 0 2\nprintf two\ntrue\n");
    expect(stdout).toBe("one\nm1 3 0\ntwom2 0 0\n");
    expect(stderr).toMatch(/^m1 \d+\nerr\nm1 \nm2 \d+\nm2 \n$/);
  });

  it("gives a command its input and nothing of the next request", () => {
    const { stdout } = feed("m1 5 1\ncat\nhellom2 5 1\ntrue\nwastem3 0 1\necho on\n");
    expect(stdout).toBe("hellom1 0 0\nm2 0 0\non\nm3 0 0\n");
  });

  it("says when a command leaves processes behind", () => {
    const { stdout } = feed("m1 0 1\nsleep 0.3 >/dev/null 2>&1 &\n");
    expect(stdout).toBe("m1 0 1\n");
  });

  it("does not begin a command whose input never arrives in full", () => {
    const file = join(directory, "file");
    const { stdout } = feed(`m1 1000 1\n${sh`cat >${file}`.text}\nonly this`);
    expect(stdout).toBe("");
    expect(existsSync(file)).toBe(false);
    feed(`m1 9 1\n${sh`cat >${file}`.text}\nonly this`);
    expect(readFileSync(file, "utf8")).toBe("only this");
  });

  it("leaves no copy of the input behind", () => {
    const { stdout } = feed(`m1 6 1\nls -l /proc/self/fd/ | grep -c deleted; cat\nsecret`);
    expect(stdout).toBe("1\nsecretm1 0 0\n");
  });
});
