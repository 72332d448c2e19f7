import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Observed, seconds, until } from "../../src/engine/time.ts";
import { program } from "../lab/kube-installer.ts";
import type { TmuxServer } from "./tmux.ts";

export interface StartOptions {
  readonly columns?: number;
  readonly rows?: number;
  /** Besides a home folder and a state folder of its own; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the shell runs; `"$@"` is the program with its arguments. */
  readonly shell?: string;
}

/** What stands on the terminal before the program begins, and must stand there after it. */
export const linesBefore = "lines from before";

const patience = seconds(60);
/** How many looks in a row must give the same picture before it counts as finished. */
const looksAlike = 6;
let count = 0;

/** Runs the built program in a window of a real terminal, as somebody would who types its name into a shell. */
export async function startIn(server: TmuxServer, args: readonly string[], options: StartOptions = {}) {
  const { columns = 80, rows = 24, env = {}, shell = 'exec "$@"' } = options;
  const { tmux } = server;
  count += 1;
  const window = `window-${count}`;
  const folder = join(server.folder, window);
  mkdirSync(folder);
  const file = (name: string) => join(folder, name);
  const read = (name: string): string => (existsSync(file(name)) ? readFileSync(file(name), "utf8") : "");
  const variables = Object.entries({
    ...{ HOME: server.folder, XDG_STATE_HOME: join(server.folder, "state"), LANG: "C.UTF-8", COLORTERM: "truecolor" },
    ...env,
  });
  const script = [
    "unset CI NO_COLOR FORCE_COLOR LC_ALL LC_CTYPE",
    ...variables.map(([name, value]) => (value === undefined ? `unset ${name}` : `export ${name}=${quoted(value)}`)),
    `cd ${quoted(server.folder)}`,
    `stty -a >${file("before")}`,
    `echo ${quoted(linesBefore)}`,
    `tmux wait-for ${window}`,
    `sh -c 'echo $$ >${file("pid")}; ${shell}' sh ${[process.execPath, program, ...args].map(quoted).join(" ")}`,
    `echo $? >${file("code")}.new`,
    `stty -a >${file("after")}`,
    `mv ${file("code")}.new ${file("code")}`,
    `tmux wait-for never-${window}`,
  ];
  writeFileSync(file("script"), script.join("\n"));
  const size = ["-x", String(columns), "-y", String(rows)];
  await tmux("new-session", "-d", "-s", window, ...size, `exec sh ${file("script")}`);
  await tmux("set-option", "-w", "-t", window, "window-size", "manual");
  await tmux("pipe-pane", "-t", window, `cat >${file("output")}`);
  await tmux("wait-for", "-S", window);

  const screen = async (): Promise<string> =>
    (await tmux("capture-pane", "-p", "-t", window))
      .split("\n")
      .map((line) => line.trimEnd())
      .join("\n")
      .trimEnd();
  const ask = async (format: string): Promise<string> =>
    (await tmux("display-message", "-p", "-t", window, `#{${format}}`)).trim();
  const wait = <T>(what: string, look: () => Promise<Observed<T>>, deadline = patience): Promise<T> =>
    until(what, look, { signal: new AbortController().signal, deadline, interval: 50 });
  const looksLike = (what: string, holds: (picture: string) => boolean, deadline?: number): Promise<string> =>
    wait(
      what,
      async () => {
        const picture = await screen();
        return holds(picture) ? { done: true, value: picture } : { done: false, saw: `\n${picture}\n` };
      },
      deadline,
    );
  const has = (picture: string, wanted: string | RegExp): boolean =>
    typeof wanted === "string" ? picture.includes(wanted) : wanted.test(picture);

  return {
    /** Presses keys by the names tmux has for them: `Enter`, `Escape`, `C-c`, `x`. */
    press: async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await tmux("send-keys", "-t", window, key);
    },
    /** Types a text, character after character. */
    type: (text: string) => tmux("send-keys", "-t", window, "-l", "--", text),
    /** Pastes a text as terminals do, between marks when the program asked for them. */
    paste: async (text: string): Promise<void> => {
      await tmux("set-buffer", "-b", window, text);
      await tmux("paste-buffer", "-p", "-d", "-b", window, "-t", window);
    },
    screen,
    /** Waits until the screen stays as it is: a frame that is drawn in two pieces is whole by then. */
    settles: (): Promise<string> => {
      const seen: string[] = [];
      return looksLike("the screen to stay as it is", (picture) => {
        if (seen.at(-1) !== picture) seen.length = 0;
        return seen.push(picture) === looksAlike;
      });
    },
    /** Waits until the screen shows a text; gives the screen. */
    shows: (wanted: string | RegExp, deadline?: number) =>
      looksLike(`the screen to show ${wanted}`, (picture) => has(picture, wanted), deadline),
    /** Waits until the screen no longer shows a text. */
    hides: (unwanted: string | RegExp, deadline?: number) =>
      looksLike(`${unwanted} to leave the screen`, (picture) => !has(picture, unwanted), deadline),
    /** Waits until the screen is exactly this. */
    becomes: (picture: string) => looksLike(`the screen to be\n${picture}\n`, (now) => now === picture),
    resize: (width: number, height: number) =>
      tmux("resize-window", "-t", window, "-x", String(width), "-y", String(height)),
    /** Sends the program a signal. */
    kill: (signal: NodeJS.Signals): void => void process.kill(Number(read("pid")), signal),
    /** Waits until the program has ended. */
    exitCode: (deadline?: number): Promise<number> =>
      wait(
        "the program to end",
        async () => {
          const code = read("code").trim();
          return code === "" ? { done: false, saw: `\n${await screen()}\n` } : { done: true, value: Number(code) };
        },
        deadline,
      ),
    /** Whether the second screen is up. */
    alternateScreen: async (): Promise<boolean> => (await ask("alternate_on")) === "1",
    cursor: async (): Promise<boolean> => (await ask("cursor_flag")) === "1",
    /** The settings of the terminal, as `stty -a` tells them, before the program and after it. */
    settings: () => ({ before: read("before"), after: read("after") }),
    /** Everything the program wrote, with its control sequences. */
    output: (): string => read("output"),
    /** A file beside the window's own, for redirections in the shell. */
    file,
    read,
  };
}

export type Terminal = Awaited<ReturnType<typeof startIn>>;

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
