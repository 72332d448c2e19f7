/** A text that must not be seen. */
export interface SecretForm {
  readonly text: string;
  /** Whether a longer piece of it must not be seen either; otherwise only the whole text. */
  readonly pieces: boolean;
}

/** `value`: secret in every part; `document`: secret as a whole, whose secret parts are secrets of their own. */
export type SecretKind = "value" | "document";

/** Lines of a secret that are shorter may stand in harmless text by chance. */
const shortestLine = 12;
/** Of a shorter secret too few characters of its base64 are its own. */
const shortestForBase64 = 8;
const armour = /^-----(BEGIN|END) [^\n]*-----$/;

/**
 * Every text by which a secret can be seen: as it is, line by line, and as JSON, URLs, shells and base64 spell it, the
 * last also inside something longer that was encoded with it.
 */
export function formsOf(value: string, kind: SecretKind): readonly SecretForm[] {
  const whole = [value, jsonSpelling(value)].map((text) => ({ text, pieces: false }));
  if (kind === "document") return unique(whole);
  const lines = value
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line.length >= shortestLine && !armour.test(line));
  const base64 = value.length < shortestForBase64 ? [] : base64Spellings(value);
  const pieces = [value.trim(), ...lines].filter((text) => !/[\r\n]/.test(text)).flatMap(spellings);
  return unique([...whole, ...[...pieces, ...base64].map((text) => ({ text, pieces: true }))]);
}

function unique(forms: readonly SecretForm[]): readonly SecretForm[] {
  return [...new Map(forms.map((form) => [form.text, form])).values()];
}

function spellings(text: string): readonly string[] {
  const url = /\p{Surrogate}/u.test(text) ? [] : [encodeURIComponent(text)];
  const inForms = url.map((spelled) => spelled.replaceAll("%20", "+"));
  const lowerCase = [...url, ...inForms].map((spelled) => spelled.replaceAll(/%../g, (code) => code.toLowerCase()));
  return [text, jsonSpelling(text), text.replaceAll("'", "'\\''"), ...url, ...inForms, ...lowerCase];
}

function jsonSpelling(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * The characters of base64 that depend on the secret alone, wherever it begins among the bytes that were encoded.
 * @see https://www.rfc-editor.org/rfc/rfc4648#section-4
 */
function base64Spellings(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const [first, last] = [Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)];
    const own = encoded.slice(first, last);
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
