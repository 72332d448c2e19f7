/** The terminal for the screen alone, and what others wanted to write meanwhile. */
export interface OwnOutput {
  /** Writes to the terminal; everything else that writes to the process's streams is kept back. */
  readonly stream: NodeJS.WriteStream;
  /** Gives the streams back; returns what was kept back. */
  release(): readonly string[];
}

const keptAtMost = 1000;

/** What everything that is drawn goes through. */
export type Filter = (text: string) => string;

/** A warning of Node.js or of a library would tear the picture; it is kept and told after the screen was left. */
export function ownOutput(
  output: NodeJS.WriteStream,
  others: readonly NodeJS.WriteStream[],
  filter: Filter = (text) => text,
): OwnOutput {
  const rawWrite = output.write.bind(output);
  const write = (chunk: string | Uint8Array, ...rest: []): boolean =>
    rawWrite(typeof chunk === "string" ? filter(chunk) : chunk, ...rest);
  const stream: NodeJS.WriteStream = Object.create(output, { write: { value: write } });
  const kept: string[] = [];
  const keep = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    kept.push(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"));
    if (kept.length > keptAtMost) kept.shift();
    const done = rest.find((argument) => typeof argument === "function");
    if (typeof done === "function") process.nextTick(() => done());
    return true;
  };
  const patched = [output, ...others].filter((other, index, all) => all.indexOf(other) === index);
  for (const other of patched) other.write = keep;
  return {
    stream,
    release: () => {
      for (const other of patched) Reflect.deleteProperty(other, "write");
      return kept.splice(0);
    },
  };
}
