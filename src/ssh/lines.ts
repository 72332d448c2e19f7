import { StringDecoder } from "node:string_decoder";

/** Longest line handed on in one piece, in characters; what is longer comes in several. */
export const longestLine = 64 * 1024;

/** Turns the bytes of one stream into lines as they become complete. */
export interface LineSplitter {
  push(chunk: Buffer): void;
  /** Hands on what is left without a line end. */
  end(): void;
}

/**
 * Decodes UTF-8 across chunk borders and splits at `\n`, `\r\n` and `\r`, so that each stage of a progress
 * line is a line; empty lines that only a `\r` made are left out. Memory stays below `longestLine` plus one chunk.
 */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let afterReturn = false;
  const feed = (decoded: string): void => {
    let text = decoded;
    if (afterReturn && text !== "") {
      afterReturn = false;
      if (text.startsWith("\n")) text = text.slice(1);
    }
    const pieces = (rest + text).split(/\r\n|\n|\r/);
    if (text.endsWith("\r")) afterReturn = true;
    rest = pieces.pop() ?? "";
    for (const piece of pieces) capped(piece, onLine);
    if (rest.length > longestLine) {
      const whole = rest.length - (rest.length % longestLine);
      capped(rest.slice(0, whole), onLine);
      rest = rest.slice(whole);
    }
  };
  return {
    push: (chunk) => feed(decoder.write(chunk)),
    end: () => {
      feed(decoder.end());
      if (rest !== "") onLine(rest);
      rest = "";
    },
  };
}

function capped(line: string, onLine: (line: string) => void): void {
  if (line.length <= longestLine) {
    onLine(line);
    return;
  }
  for (let start = 0; start < line.length; start += longestLine) onLine(line.slice(start, start + longestLine));
}
