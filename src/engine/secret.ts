import { inspect } from "node:util";
import { createRedactor } from "./redactor.ts";
import { formsOf, type SecretKind } from "./secret-forms.ts";

const shown = "[secret]";
/** Shorter values are no secrets one could hide: replacing them everywhere would make every text unreadable. */
const shortest = 4;
const known = new Set<string>();
const redactor = createRedactor(shown);

/** A value that must not be seen: every way of printing it gives `[secret]`; only `reveal()` gives the value. */
export class Secret {
  readonly #value: string;

  /** @param kind `document` for a text of mostly public lines, whose secret parts are secrets of their own */
  constructor(value: string, kind: SecretKind = "value") {
    this.#value = value;
    if (value.length < shortest || known.has(value)) return;
    known.add(value);
    for (const form of formsOf(value, kind)) redactor.add(form);
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

/**
 * Replaces every secret created in this process by `[secret]`, however it is spelled and also line by line; every event
 * passes through here before any sink.
 */
export function redact(text: string): string {
  return redactor.redact(text);
}
