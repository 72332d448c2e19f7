import { writeSync } from "node:fs";

const enter = "\u001B[?1049h\u001B[H\u001B[?2004h";
const leave = "\u001B[?2004l\u001B[?25h\u001B[?1049l";

/** The terminal's second screen, which leaves the first one with all its lines untouched. */
export interface AlternateScreen {
  enter(): void;
  /** Brings the first screen and the cursor back; more than once does no harm. */
  leave(): void;
  /** Leaves for good. */
  dispose(): void;
}

/**
 * Whatever ends the process, the terminal is as it was before: the last word is written without waiting, when the
 * process exits. Pasted text arrives between marks while the screen is up.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html "Alternate Screen Buffer" and "Bracketed Paste Mode"
 */
export function alternateScreen(output: NodeJS.WriteStream & { fd?: number }): AlternateScreen {
  let up = false;
  const write = (text: string): void => {
    if (output.fd === undefined) output.write(text);
    else writeSync(output.fd, text);
  };
  const leaveNow = (): void => {
    if (!up) return;
    up = false;
    write(leave);
  };
  process.on("exit", leaveNow);
  return {
    enter: () => {
      if (up) return;
      up = true;
      write(enter);
    },
    leave: leaveNow,
    dispose: () => {
      leaveNow();
      process.off("exit", leaveNow);
    },
  };
}
