import type { SecretForm } from "./secret-forms.ts";

/** Finds any number of secrets in one pass over a text; its cost grows with the text, hardly with the secrets. */
export interface Redactor {
  add(form: SecretForm): void;
  /** The text with every secret in it replaced by the mark. */
  redact(text: string): string;
}

/** Where a form may be recognised: `length` characters of it from `at` on. */
interface Anchor {
  readonly form: string;
  readonly at: number;
  readonly length: number;
  readonly grows: boolean;
}

/** Characters that are looked at together; a shorter text cannot be told from harmless ones. */
const window = 4;
/** Of a long secret, whatever holds so many characters from such a place on is hidden with all that belongs to it. */
const anchorLength = 16;
/** Places of long forms in one region; more come only of secrets that repeat themselves. */
const remembered = 16;
const bits = 20;
const mask = (1 << bits) - 1;
const shift = bits / window;

/** A redactor that knows no secret yet. */
export function createRedactor(mark: string): Redactor {
  const seen = new Uint8Array(1 << bits);
  const anchors = new Map<number, Anchor[]>();

  const addAnchor = (anchor: Anchor): void => {
    const text = anchor.form.slice(anchor.at, anchor.at + window);
    const key = [...Array(window).keys()].reduce((hash, index) => rolled(hash, text.charCodeAt(index)), 0);
    seen[key] = 1;
    const list = anchors.get(key);
    if (list === undefined) anchors.set(key, [anchor]);
    else if (!list.some((other) => isSame(other, anchor))) list.push(anchor);
  };

  return {
    add: ({ text: form, pieces }) => {
      if (form.length < window) return;
      if (!pieces || form.length < 3 * anchorLength) {
        return addAnchor({ form, at: 0, length: form.length, grows: false });
      }
      for (let at = 0; at + anchorLength <= form.length; at += anchorLength) {
        addAnchor({ form, at, length: anchorLength, grows: true });
      }
    },
    redact: (text) => {
      if (anchors.size === 0 || text.length < window) return text;
      const found: Region[] = [];
      let hash = 0;
      for (let index = 0; index < text.length; index++) {
        hash = rolled(hash, text.charCodeAt(index));
        if (index < window - 1 || seen[hash] === 0) continue;
        note(found, text, index - window + 1, anchors.get(hash) ?? []);
      }
      return found.length === 0 ? text : replaced(text, found, mark);
    },
  };
}

/** A form that repeats itself is recognised by the first of its equal parts. */
function isSame(one: Anchor, other: Anchor): boolean {
  const partOf = ({ form, at, length }: Anchor) => form.slice(at, at + length);
  return one.form === other.form && one.grows === other.grows && partOf(one) === partOf(other);
}

/** Depends on the last characters alone, since older ones leave through the mask. */
function rolled(hash: number, code: number): number {
  return ((hash << shift) ^ code) & mask;
}

interface Region {
  readonly from: number;
  readonly to: number;
  /** The long forms last found in it, each with the place in the text where its first character would be. */
  readonly forms: readonly { readonly form: string; readonly start: number }[];
}

/** Regions are kept apart and in order; one that touches the last joins it. */
function note(found: Region[], text: string, from: number, anchors: readonly Anchor[]): void {
  for (const { form, at, length, grows } of anchors) {
    const start = from - at;
    const last = found.at(-1);
    const isKnown = last?.forms.some((other) => other.form === form && other.start === start) === true;
    if (isKnown && from + length <= (last?.to ?? 0)) continue;
    if (!text.startsWith(form.slice(at, at + length), from)) continue;
    const reach = grows ? grown(text, form, start, { from, to: from + length }) : { from, to: from + length };
    join(found, { ...reach, forms: grows ? [{ form, start }] : [] });
  }
}

function grown(text: string, form: string, start: number, { from, to }: { from: number; to: number }) {
  let [first, end] = [from, to];
  while (first > Math.max(start, 0) && text[first - 1] === form[first - 1 - start]) first--;
  while (end < Math.min(start + form.length, text.length) && text[end] === form[end - start]) end++;
  return { from: first, to: end };
}

function join(found: Region[], region: Region): void {
  let joined = region;
  for (let last = found.at(-1); last !== undefined && last.to > joined.from; last = found.at(-1)) {
    found.pop();
    joined = {
      from: Math.min(joined.from, last.from),
      to: Math.max(joined.to, last.to),
      forms: [...last.forms, ...joined.forms].slice(-remembered),
    };
  }
  found.push(joined);
}

function replaced(text: string, found: readonly Region[], mark: string): string {
  let result = "";
  let at = 0;
  for (const { from, to } of found) {
    result += text.slice(at, from) + mark;
    at = to;
  }
  return result + text.slice(at);
}
