/** The newest lines of something that never stops talking; the log files have all of them. */
export interface LineBuffer {
  push(line: string): void;
  /** How many lines there ever were; the oldest ones may be gone. */
  readonly total: number;
  /** The number of the oldest line that is still there. */
  readonly first: number;
  /** Line number `index`, counted from the first one ever. */
  at(index: number): string | undefined;
}

/** Keeps `capacity` lines in place, so that a line costs the same however many came before. */
export function createLineBuffer(capacity: number): LineBuffer {
  const lines: string[] = [];
  let total = 0;
  return {
    push: (line) => {
      lines[total % capacity] = line;
      total += 1;
    },
    get total() {
      return total;
    },
    get first() {
      return Math.max(0, total - capacity);
    },
    at: (index) => (index < Math.max(0, total - capacity) || index >= total ? undefined : lines[index % capacity]),
  };
}
