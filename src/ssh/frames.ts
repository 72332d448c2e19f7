/** Longest that the words after a mark may be; what is longer is no mark but output of a machine that plays tricks. */
const longestWords = 256;

/** Separates what a command prints from the marks the shell around it prints. */
export interface FrameScanner {
  push(chunk: Buffer): void;
}

/**
 * Makes a scanner for a stream in which `mark` followed by a few words and a line end may stand anywhere.
 * Everything else goes to `onData` unchanged, at once except for bytes that may be the beginning of a mark.
 */
export function createFrameScanner(
  mark: string,
  onData: (data: Buffer) => void,
  onMark: (words: string) => void,
): FrameScanner {
  const needle = Buffer.from(mark);
  let held: Buffer = Buffer.alloc(0);
  const pass = (data: Buffer): void => {
    if (data.length > 0) onData(data);
  };
  return {
    push(chunk) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (;;) {
        const at = held.indexOf(needle);
        if (at < 0) break;
        pass(held.subarray(0, at));
        held = held.subarray(at);
        const end = held.indexOf(10);
        if (end < 0 ? held.length > needle.length + longestWords : end > needle.length + longestWords) {
          pass(held.subarray(0, needle.length));
          held = held.subarray(needle.length);
          continue;
        }
        if (end < 0) return;
        const words = held.subarray(needle.length, end).toString("utf8");
        held = held.subarray(end + 1);
        onMark(words);
      }
      const keepFrom = beginningOf(needle, held);
      pass(held.subarray(0, keepFrom));
      held = held.subarray(keepFrom);
    },
  };
}

/** Where at the end of `data` a beginning of `needle` stands; its length when there is none. */
function beginningOf(needle: Buffer, data: Buffer): number {
  const [first = 0] = needle;
  const from = Math.max(0, data.length - needle.length + 1);
  for (let at = data.indexOf(first, from); at >= 0; at = data.indexOf(first, at + 1)) {
    if (data.subarray(at).equals(needle.subarray(0, data.length - at))) return at;
  }
  return data.length;
}
