/** A line of text being edited; the cursor counts characters as people see them, not code units. */
export interface EditedText {
  readonly characters: readonly string[];
  readonly cursor: number;
}

export type TextAction =
  | { readonly type: "insert"; readonly text: string }
  | { readonly type: "move"; readonly by: number }
  | { readonly type: "start" | "end" | "eraseBefore" | "eraseAfter" | "eraseWord" | "clear" };

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Begins editing with the cursor behind the text. */
export function editText(text: string): EditedText {
  const characters = split(text);
  return { characters, cursor: characters.length };
}

export function textOf({ characters }: EditedText): string {
  return characters.join("");
}

/** One edit; text of several lines becomes one line. */
export function reduceText({ characters, cursor }: EditedText, action: TextAction): EditedText {
  const before = characters.slice(0, cursor);
  const after = characters.slice(cursor);
  switch (action.type) {
    case "insert": {
      const inserted = split(action.text.replaceAll(/\s*\n\s*/g, " "));
      return { characters: [...before, ...inserted, ...after], cursor: cursor + inserted.length };
    }
    case "move":
      return { characters, cursor: Math.min(characters.length, Math.max(0, cursor + action.by)) };
    case "start":
      return { characters, cursor: 0 };
    case "end":
      return { characters, cursor: characters.length };
    case "eraseBefore":
      return cursor === 0
        ? { characters, cursor }
        : { characters: [...before.slice(0, -1), ...after], cursor: cursor - 1 };
    case "eraseAfter":
      return { characters: [...before, ...after.slice(1)], cursor };
    case "eraseWord": {
      const kept = split(before.join("").replace(/\S*\s*$/, ""));
      return { characters: [...kept, ...after], cursor: kept.length };
    }
    case "clear":
      return { characters: [], cursor: 0 };
  }
}

/** The part of the text that fits in the width, cursor included: what is before it, at it and behind it. */
export function visibleText(
  { characters, cursor }: EditedText,
  width: number,
): { before: string; at: string; after: string } {
  const start = Math.max(0, cursor - width + 1);
  const shown = characters.slice(start, start + width);
  const at = cursor - start;
  return { before: shown.slice(0, at).join(""), at: shown[at] ?? " ", after: shown.slice(at + 1).join("") };
}

function split(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
