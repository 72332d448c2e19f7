/** What can be read of a log. */
export interface LogLines {
  /** How many lines there ever were; the oldest ones may be gone. */
  readonly total: number;
  /** The number of the oldest line that is still there. */
  readonly first: number;
  /** Line number `index`, counted from the first one ever. */
  at(index: number): string | undefined;
}

/** The newest lines of something that never stops talking; the log files have all of them. */
export interface LineBuffer extends LogLines {
  push(line: string): void;
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

/** The newest lines of everybody together. */
export interface SharedBuffer extends LogLines {
  push(name: string, line: string): void;
}

/** Puts each name before its line only once somebody looks at it: most lines go by unseen. */
export function createSharedBuffer(capacity: number, nameWidth: number): SharedBuffer {
  const names = createLineBuffer(capacity);
  const lines = createLineBuffer(capacity);
  return {
    push: (name, line) => {
      names.push(name);
      lines.push(line);
    },
    get total() {
      return lines.total;
    },
    get first() {
      return lines.first;
    },
    at: (index) => {
      const [name, line] = [names.at(index), lines.at(index)];
      return name === undefined || line === undefined ? undefined : `${name.padEnd(nameWidth)} ${line}`;
    },
  };
}
