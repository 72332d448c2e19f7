import { type Instance, render, useStdin, useStdout } from "ink";
import { createElement, type ReactNode, useEffect, useLayoutEffect, useState } from "react";
import { type AlternateScreen, alternateScreen } from "./alternate-screen.ts";
import { asciiOnly } from "./ascii-only.ts";
import { DrawAfterEffects } from "./draw-after-effects.tsx";
import { type OwnOutput, ownOutput } from "./own-output.ts";

// Everything that depends on the version of Ink is in this folder (and in the input parser's events it passes on).

export interface TerminalStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export interface ShowOptions {
  /** The terminal knows nothing else; whatever the picture holds, nothing else is written. */
  readonly ascii?: boolean;
}

/** A picture on the terminal. */
export interface Shown {
  /** Hands the terminal to something else, a shell for example, and draws the picture again afterwards. */
  suspend<T>(act: () => Promise<T>): Promise<T>;
  /** Takes the picture away; returns what others wanted to print meanwhile. */
  close(): readonly string[];
}

/** Shows a picture on the terminal's second screen until it is closed. Ctrl-C is an ordinary key for it. */
export function show(picture: ReactNode, streams: TerminalStreams, options: ShowOptions = {}): Shown {
  const screen = alternateScreen(streams.stdout);
  const drawNow = () => draw(picture, streams, { screen, ...options });
  let up: ReturnType<typeof draw> | undefined = drawNow();
  let closed = false;
  const kept: string[] = [];
  const takeAway = (): void => {
    kept.push(...(up?.takeAway() ?? []));
    up = undefined;
  };
  return {
    suspend: async (act) => {
      takeAway();
      screen.leave();
      try {
        return await act();
      } finally {
        if (!closed) up = drawNow();
      }
    },
    close: () => {
      closed = true;
      takeAway();
      screen.dispose();
      return kept;
    },
  };
}

interface DrawOptions extends ShowOptions {
  readonly screen: AlternateScreen;
}

const eraseScreen = "\u001B[2J";

/** Terminals bring back what was beyond the edge when they grow again, so each new size begins on an empty screen. */
function draw(picture: ReactNode, { stdin, stdout, stderr }: TerminalStreams, { screen, ascii = false }: DrawOptions) {
  screen.enter();
  const own: OwnOutput = ownOutput(stdout, [stderr], ascii ? asciiOnly : undefined);
  const erase = () => void own.stream.write(eraseScreen);
  stdout.on("resize", erase);
  const instance: Instance = render(createElement(DrawAfterEffects, undefined, picture), {
    stdin,
    stdout: own.stream,
    stderr,
    exitOnCtrlC: false,
    patchConsole: false,
    // At most this many milliseconds a key waits for its frame: 1000 / 60. The run tells ten times a second at most.
    maxFps: 60,
  });
  return {
    takeAway: (): readonly string[] => {
      instance.unmount();
      instance.cleanup();
      stdout.off("resize", erase);
      return own.release();
    },
  };
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The size of the terminal, also after it changed. */
export function useTerminalSize(): Size {
  const { stdout } = useStdout();
  const look = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const [size, setSize] = useState(look);
  useEffect(() => {
    const changed = () => setSize(look());
    stdout.on("resize", changed);
    return () => void stdout.off("resize", changed);
  });
  return size;
}

const clearAll = "\u001B[2J\u001B[H";

/**
 * Draws the whole picture again on a terminal something else has written on. Ink leaves out a frame that is the same as
 * the one before, except after the terminal became narrower; so it is made to seem a column wider for a moment.
 */
export function useRedraw(): () => void {
  const { stdout } = useStdout();
  return () => {
    const { columns } = stdout;
    Object.defineProperty(stdout, "columns", { value: columns + 1, configurable: true, writable: true });
    stdout.emit("resize");
    stdout.write(clearAll);
    Reflect.deleteProperty(stdout, "columns");
    stdout.emit("resize");
  };
}

/** Every key sequence and piece of text the terminal sends, one by one. */
export function useTerminalInput(take: (sequence: string) => void): void {
  const { internal_eventEmitter, setRawMode, isRawModeSupported } = useStdin();
  // Before anybody can see the first frame and press a key.
  useLayoutEffect(() => {
    if (isRawModeSupported !== true) return;
    setRawMode(true);
    return () => setRawMode(false);
  }, [setRawMode, isRawModeSupported]);
  useLayoutEffect(() => {
    internal_eventEmitter.on("input", take);
    return () => void internal_eventEmitter.off("input", take);
  }, [internal_eventEmitter, take]);
}
