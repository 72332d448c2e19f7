import { createLineBuffer, createSharedBuffer, type LineBuffer, type LogLines } from "./line-buffer.ts";

/** What was said in a run, on each place and everywhere; the oldest lines go when there are too many. */
export interface RunLog {
  /** Takes a text of one or more lines in. */
  say(name: string, text: string): void;
  /** The lines of one place, or all of them. */
  lines(name?: string): LogLines;
}

const linesPerNode = 2000;
const linesOfAll = 20_000;
const longestName = 24;

export function createRunLog(names: readonly string[]): RunLog {
  const buffers = new Map<string, LineBuffer>();
  const nameWidth = Math.min(longestName, Math.max(0, ...names.map(({ length }) => length)));
  const everybody = createSharedBuffer(linesOfAll, nameWidth);
  const linesOf = (name: string): LineBuffer => {
    const known = buffers.get(name);
    if (known !== undefined) return known;
    const made = createLineBuffer(linesPerNode);
    buffers.set(name, made);
    return made;
  };
  const sayLine = (name: string, line: string): void => {
    linesOf(name).push(line);
    everybody.push(name, line);
  };
  return {
    say: (name, text) => {
      if (text.includes("\n")) for (const line of text.split("\n")) sayLine(name, line);
      else sayLine(name, text);
    },
    lines: (name) => (name === undefined ? everybody : linesOf(name)),
  };
}
