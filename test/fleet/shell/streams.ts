/** What a program reads; several programs in turn may read from the same one. */
export interface Input {
  readonly data: string;
  position: number;
}

export function input(data: string): Input {
  return { data, position: 0 };
}

/** Everything that is left. */
export function readAll(from: Input): string {
  const rest = from.data.slice(from.position);
  from.position = from.data.length;
  return rest;
}

/** The next line without its end, or undefined at the end of the input. */
export function readLine(from: Input): string | undefined {
  if (from.position >= from.data.length) return undefined;
  const end = from.data.indexOf("\n", from.position);
  const stop = end < 0 ? from.data.length : end;
  const line = from.data.slice(from.position, stop);
  from.position = end < 0 ? stop : stop + 1;
  return line;
}

export function readBytes(from: Input, count: number): string {
  const bytes = from.data.slice(from.position, from.position + count);
  from.position += bytes.length;
  return bytes;
}

/** Where a program writes to. */
export interface Output {
  write(text: string): void;
}

/** Keeps what is written. */
export class Collected implements Output {
  #parts: string[] = [];

  write(text: string): void {
    if (text !== "") this.#parts.push(text);
  }

  get text(): string {
    const whole = this.#parts.join("");
    this.#parts = [whole];
    return whole;
  }
}

export const nowhere: Output = { write: () => {} };

/** The lines of a text; a missing line end at its end does no harm. */
export function linesOf(text: string): readonly string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}
