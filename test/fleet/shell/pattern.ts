const known = new Map<string, RegExp>();

/** A shell pattern (`*`, `?`, `[…]`, `\\` before what is meant literally) as a regular expression for a whole text. */
export function patternToRegExp(pattern: string): RegExp {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  let source = "";
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? "";
    if (character === "*") source += ".*";
    else if (character === "?") source += ".";
    else if (character === "\\") source += literal(pattern[++at] ?? "");
    else if (character === "[") {
      const end = pattern.indexOf("]", at + 2);
      if (end < 0) source += "\\[";
      else {
        source += `[${pattern
          .slice(at + 1, end)
          .replace(/^!/, "^")
          .replaceAll("\\", "\\\\")}]`;
        at = end;
      }
    } else source += literal(character);
  }
  const made = new RegExp(`^${source}$`, "s");
  if (known.size > 2000) known.clear();
  known.set(pattern, made);
  return made;
}

function literal(character: string): string {
  return /[\^$.*+?()[\]{}|\\/]/.test(character) ? `\\${character}` : character;
}

/** Makes a text match only itself. */
export function literally(text: string): string {
  return text.replace(/[*?[\\\]]/g, "\\$&");
}

/** `${value%pattern}` and its relatives. */
export function strip(value: string, operator: string, pattern: string): string {
  const matches = patternToRegExp(pattern);
  const { length } = value;
  const [first, last, step] = operator === "%" || operator === "##" ? [length, 0, -1] : [0, length, 1];
  const fromStart = operator.startsWith("#");
  for (let cut = first; cut !== last + step; cut += step) {
    if (matches.test(fromStart ? value.slice(0, cut) : value.slice(cut))) {
      return fromStart ? value.slice(cut) : value.slice(0, cut);
    }
  }
  return value;
}
