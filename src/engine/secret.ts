import { inspect } from "node:util";

const shown = "[secret]";

/** A value that must not be seen: every way of printing it gives `[secret]`; only `reveal()` gives the value. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    if (value.length >= 4) known.add(value);
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}

const known = new Set<string>();

/** Replaces every secret created in this process by `[secret]`; every event passes through here before any sink. */
export function redact(text: string): string {
  let result = text;
  for (const value of known) {
    if (result.includes(value)) result = result.replaceAll(value, shown);
  }
  return result;
}
