import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seconds, until } from "../../../src/engine/time.ts";
import { endRequest, rootShellScript } from "../../../src/ssh/root-shell-script.ts";
import { sh } from "../../../src/ssh/shell.ts";

// Real programs are started here, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let directory: string;
let started: ChildProcessWithoutNullStreams[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "root-shell-"));
  started = [];
});
afterEach(() => {
  for (const shell of started) shell.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

/** The loop in a real shell, as the user running the tests. */
function start(program = "sh") {
  const shell = spawn(program, ["-c", rootShellScript.text]);
  started.push(shell);
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    shell[name].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
    });
  }
  const closed = once(shell, "close");
  return {
    printed,
    write: (text: string) => shell.stdin.write(text),
    saw: (what: RegExp, where: "stdout" | "stderr" = "stdout") => eventually(() => what.test(printed[where])),
    async hangUp() {
      shell.stdin.end();
      await closed;
      return printed;
    },
  };
}

/** Feeds the loop everything at once, and hangs up when the last request is answered. */
async function feed(input: string, lastMark: string) {
  const shell = start();
  shell.write(input);
  await shell.saw(new RegExp(`${lastMark} \n$`), "stderr");
  return shell.hangUp();
}

const eventually = (holds: () => boolean) =>
  until("it", async () => (holds() ? { done: true, value: undefined } : { done: false, saw: "not yet" }), {
    signal: AbortSignal.timeout(seconds(20)),
    deadline: seconds(20),
    interval: 10,
  });

/** Killed processes are listed until somebody has taken note of their end. */
const gone = (time: string) => vi.waitFor(() => expect(sleepersFor(time)).toEqual([]), { timeout: 20_000 });

describe("rootShellScript", () => {
  it("runs request after request and marks what belongs to each", async () => {
    const { stdout, stderr } = await feed("m1 0 1\necho one; echo err >&2; exit 3\nm2 0 2\nprintf two\ntrue\n", "m2");
    expect(stdout).toBe("one\nm1 3 0\ntwom2 0 0\n");
    expect(stderr).toMatch(/^m1 \d+\nerr\nm1 \nm2 \d+\nm2 \n$/);
  });

  it("gives a command its input and nothing of the next request", async () => {
    const { stdout } = await feed("m1 5 1\ncat\nhellom2 5 1\ntrue\nwastem3 0 1\necho on; cat\n", "m3");
    expect(stdout).toBe("hellom1 0 0\nm2 0 0\non\nm3 0 0\n");
  });

  it("says when a command leaves processes behind", async () => {
    const { stdout } = await feed("m1 0 1\nsleep 3 >/dev/null 2>&1 &\n", "m1");
    expect(stdout).toBe("m1 0 1\n");
  });

  it("does not begin a command whose input never arrives in full", async () => {
    const file = join(directory, "file");
    const shell = start();
    shell.write(`m1 1000 1\n${sh`cat >${file}`.text}\nonly this`);
    const { stdout } = await shell.hangUp();
    expect(stdout).toBe("");
    expect(existsSync(file)).toBe(false);
    await feed(`m1 9 1\n${sh`cat >${file}`.text}\nonly this`, "m1");
    expect(readFileSync(file, "utf8")).toBe("only this");
  });

  it("leaves no copy of the input behind", async () => {
    const { stdout } = await feed("m1 6 1\nls -l /proc/self/fd/ | grep -c deleted; cat\nsecret", "m1");
    expect(stdout).toBe("1\nsecretm1 0 0\n");
  });
});

describe.each(["dash", "bash"].filter((shell) => existsSync(`/bin/${shell}`)))("ending a command in %s", (program) => {
  const nap = () => (1000 + Math.random() * 8000).toFixed(6);

  it("is one line on its input; the shell can be used again", async () => {
    const shell = start(program);
    const time = nap();
    shell.write(`m1 0 1\necho begun; sleep ${time} & sleep ${time}; wait\n`);
    await shell.saw(/begun/);
    shell.write(endRequest);
    await shell.saw(/^begun\nm1 143 0\n$/);
    await gone(time);
    shell.write(`${endRequest}m2 0 1\necho again\n`);
    await shell.saw(/again\nm2 0 0\n$/);
    expect((await shell.hangUp()).stderr).toMatch(/^m1 \d+\nm1 \nm2 \d+\nm2 \n$/);
  });

  it("kills what does not listen to TERM", async () => {
    const shell = start(program);
    const time = nap();
    shell.write(`m1 0 1\ntrap '' TERM; echo begun; sleep ${time}; sleep ${time}\n`);
    await shell.saw(/begun/);
    shell.write(endRequest);
    await shell.saw(/^begun\nm1 137 0\n$/);
    await gone(time);
  });

  it("works at whatever moment it is asked for", async () => {
    const shell = start(program);
    for (let round = 0; round < 12; round++) {
      const time = nap();
      shell.write(`m${round} 0 1\nsleep ${time}\n`);
      const pauses = round % 6;
      for (let pause = 0; pause < pauses; pause++) await new Promise((resolve) => setImmediate(resolve));
      shell.write(endRequest);
      await shell.saw(new RegExp(`m${round} 143 0\n$`));
      await shell.saw(new RegExp(`m${round} \n$`), "stderr");
      await gone(time);
    }
  });

  it("happens by itself when the connection is gone", async () => {
    const shell = start(program);
    const time = nap();
    shell.write(`m1 0 1\necho begun; sleep ${time} & sleep ${time}; wait\n`);
    await shell.saw(/begun/);
    await shell.hangUp();
    await gone(time);
  });
});

/** Processes that sleep for this time. */
function sleepersFor(time: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "latin1") === `sleep\0${time}\0`;
    } catch {
      return false;
    }
  });
}
