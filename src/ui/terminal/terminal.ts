import { type Instance, render, useStdin, useStdout } from "ink";
import { type ReactNode, useEffect, useState } from "react";
import { type AlternateScreen, alternateScreen } from "./alternate-screen.ts";
import { type OwnOutput, ownOutput } from "./own-output.ts";

// Everything that depends on the version of Ink is in this file (and in the input parser's events it passes on).

export interface TerminalStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** A picture on the terminal. */
export interface Shown {
  /** Hands the terminal to something else, a shell for example, and draws the picture again afterwards. */
  suspend<T>(act: () => Promise<T>): Promise<T>;
  /** Takes the picture away; returns what others wanted to print meanwhile. */
  close(): readonly string[];
}

/** Shows a picture on the terminal's second screen until it is closed. Ctrl-C is an ordinary key for it. */
export function show(picture: ReactNode, streams: TerminalStreams): Shown {
  const screen = alternateScreen(streams.stdout);
  let up = draw(picture, streams, screen);
  return {
    suspend: async (act) => {
      up.takeAway();
      screen.leave();
      try {
        return await act();
      } finally {
        up = draw(picture, streams, screen);
      }
    },
    close: () => {
      const kept = up.takeAway();
      screen.dispose();
      return kept;
    },
  };
}

function draw(picture: ReactNode, { stdin, stdout, stderr }: TerminalStreams, screen: AlternateScreen) {
  screen.enter();
  const own: OwnOutput = ownOutput(stdout, [stderr]);
  const instance: Instance = render(picture, {
    stdin,
    stdout: own.stream,
    stderr,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 30,
  });
  return {
    takeAway: (): readonly string[] => {
      instance.unmount();
      instance.cleanup();
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

/** Every key sequence and piece of text the terminal sends, one by one. */
export function useTerminalInput(take: (sequence: string) => void): void {
  const { internal_eventEmitter, setRawMode, isRawModeSupported } = useStdin();
  useEffect(() => {
    if (isRawModeSupported !== true) return;
    setRawMode(true);
    return () => setRawMode(false);
  }, [setRawMode, isRawModeSupported]);
  useEffect(() => {
    internal_eventEmitter.on("input", take);
    return () => void internal_eventEmitter.off("input", take);
  }, [internal_eventEmitter, take]);
}
