// A program on a pseudo-terminal of a given size, made by util-linux script.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const patience = 120_000;

/**
 * Starts Node.js with these arguments on a terminal. `shows(look)` resolves with the time at which `look` first held of
 * everything shown since `forget()`.
 */
export async function onTerminal(args, { columns, rows, env = {} }) {
  const folder = await mkdtemp(join(tmpdir(), "kube-installer-bench-"));
  const pidFile = join(folder, "pid");
  const command = [process.execPath, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const { CI: _ci, NO_COLOR: _noColor, ...inherited } = process.env;
  const started = performance.now();
  const script = spawn(
    "script",
    ["-qefc", `stty rows ${rows} cols ${columns}; echo $$ > '${pidFile}'; exec ${command}`, "/dev/null"],
    {
      env: {
        ...inherited,
        ...{ SHELL: "/bin/sh", LANG: "C.UTF-8", TERM: "xterm-256color", XDG_STATE_HOME: folder },
        ...env,
      },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  let shown = "";
  let waiting;
  const pid = () => Number(readFileSync(pidFile, "utf8"));
  const ended = new Promise((done) => script.on("exit", done));
  script.stdout.setEncoding("utf8");
  script.stdout.on("data", (chunk) => {
    shown += chunk;
    waiting?.();
  });
  const shows = (look) =>
    new Promise((done, failed) => {
      const timer = setTimeout(() => failed(new Error(`The terminal never showed it, but:\n${shown}`)), patience);
      const over = () => failed(new Error(`The program ended before it showed it, but:\n${shown}`));
      script.once("exit", over);
      waiting = () => {
        if (!look(shown)) return;
        const time = performance.now();
        clearTimeout(timer);
        script.off("exit", over);
        waiting = undefined;
        done(time);
      };
      waiting();
    });
  return {
    started,
    shows,
    ended,
    forget: () => {
      shown = "";
    },
    type: (text) => script.stdin.write(text),
    cpu: () => processorTime(pid()),
    close: async () => {
      if (script.exitCode === null) process.kill(pid());
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Milliseconds all threads of a process were on a processor; see "schedstat" in the kernel's documentation. */
function processorTime(pid) {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((id) =>
    Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, "utf8").split(" ")[0]),
  );
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}
