import { EventEmitter } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { Terminal } from "@xterm/headless";
import type { ReactNode } from "react";
import { expect } from "vitest";
import { show } from "../../src/ui/terminal/terminal.ts";

export interface Rig {
  /** Sends what a key sends: a name of the table below, or characters as they are. */
  press(...keys: readonly string[]): Promise<void>;
  paste(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** What is on the screen, without blanks at the ends of lines. */
  screen(): string;
  /** Waits until the screen shows a text. */
  shows(text: string): Promise<void>;
  showsNot(text: string): Promise<void>;
  /** Waits until the screen is what a file beside the test holds; `steady` takes out of the screen what differs each time. */
  looksLike(file: string, steady?: (screen: string) => string): Promise<void>;
  /** Waits until nothing has been drawn for a moment. */
  quiet(): Promise<void>;
  /** The terminal itself, for colours and the like. */
  readonly terminal: Terminal;
  close(): readonly string[];
}

const sequences: Readonly<Record<string, string>> = {
  enter: "\r",
  esc: "\u001B",
  tab: "\t",
  "shift-tab": "\u001B[Z",
  up: "\u001B[A",
  down: "\u001B[B",
  right: "\u001B[C",
  left: "\u001B[D",
  "page-up": "\u001B[5~",
  "page-down": "\u001B[6~",
  home: "\u001B[H",
  end: "\u001B[F",
  backspace: "\u007F",
  delete: "\u001B[3~",
  f1: "\u001BOP",
  space: " ",
  "ctrl-c": "\u0003",
  "ctrl-l": "\f",
  "ctrl-p": "\u0010",
  "ctrl-r": "\u0012",
  "ctrl-s": "\u0013",
  "ctrl-u": "\u0015",
  "ctrl-z": "\u001A",
};

const patience = 20_000;
const moment = 150;
/** A moment is waited for in so many parts: on a busy machine much time passes before what is due has its turn. */
const turns = 15;

/** Shows a picture in a terminal emulator, so that a test sees what a person would see. */
export async function rig(picture: ReactNode, { columns = 80, rows = 24 } = {}): Promise<Rig> {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 100, convertEol: true });
  const drawn = new EventEmitter();
  terminal.onWriteParsed(() => drawn.emit("drawn"));
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns, rows });
  stdout.on("data", (chunk: Buffer) => terminal.write(chunk));
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    isRaw: false,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns, rows });
  stderr.resume();
  const shown = show(picture, {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
  });

  const screen = (): string => {
    const { active } = terminal.buffer;
    const lines = Array.from(
      { length: terminal.rows },
      (_, row) => active.getLine(row)?.translateToString(true, 0, terminal.cols) ?? "",
    );
    return lines
      .map((line) => line.trimEnd())
      .join("\n")
      .trimEnd();
  };
  const until = (what: string, holds: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        clearTimeout(timer);
        drawn.off("drawn", look);
        resolve();
      };
      const timer = setTimeout(() => {
        drawn.off("drawn", look);
        reject(new Error(`The screen should ${what}, but is:\n${screen()}`));
      }, patience);
      drawn.on("drawn", look);
      look();
    });
  const quiet = (): Promise<void> =>
    new Promise((resolve) => {
      let left = turns;
      const again = () => {
        left = turns;
      };
      const turn = () => {
        left -= 1;
        if (left > 0) return void setTimeout(turn, moment / turns);
        drawn.off("drawn", again);
        resolve();
      };
      drawn.on("drawn", again);
      setTimeout(turn, moment / turns);
    });
  const settled = () => new Promise<void>((resolve) => setImmediate(() => setTimeout(resolve, 0)));
  const send = async (text: string): Promise<void> => {
    stdin.write(text);
    await settled();
  };
  await until("show something", () => screen() !== "");

  return {
    terminal,
    screen,
    quiet,
    press: async (...keys) => {
      for (const key of keys) await send(sequences[key] ?? key);
    },
    paste: (text) => send(`\u001B[200~${text.replaceAll("\n", "\r")}\u001B[201~`),
    resize: async (newColumns, newRows) => {
      terminal.resize(newColumns, newRows);
      Object.assign(stdout, { columns: newColumns, rows: newRows });
      stdout.emit("resize");
      await settled();
    },
    shows: (text) => until(`show ${JSON.stringify(text)}`, () => screen().includes(text)),
    showsNot: (text) => until(`not show ${JSON.stringify(text)}`, () => !screen().includes(text)),
    looksLike: async (file, steady = (screen) => screen) => {
      const snapshot = join(dirname(expect.getState().testPath ?? ""), file);
      const expected = existsSync(snapshot) ? readFileSync(snapshot, "utf8") : undefined;
      // What never comes to look like it is compared once more, by what shows the difference and can write the file anew.
      if (expected === undefined) await quiet();
      else await until("look like the file", () => steady(screen()) === expected).catch(() => undefined);
      await expect(steady(screen())).toMatchFileSnapshot(snapshot);
    },
    close: () => {
      const kept = shown.close();
      terminal.dispose();
      return kept;
    },
  };
}
