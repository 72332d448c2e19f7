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
  const cuts = Array.from({ length: value.length + 1 }, (_, index) => index);
  switch (operator) {
    case "%":
      return value.slice(0, cuts.reverse().find((cut) => matches.test(value.slice(cut))) ?? value.length);
    case "%%":
      return value.slice(0, cuts.find((cut) => matches.test(value.slice(cut))) ?? value.length);
    case "#":
      return value.slice(cuts.find((cut) => matches.test(value.slice(0, cut))) ?? 0);
    default:
      return value.slice(cuts.reverse().find((cut) => matches.test(value.slice(0, cut))) ?? 0);
  }
}
