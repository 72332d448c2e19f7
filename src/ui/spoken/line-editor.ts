import { displayWidth } from "../state/display-width.ts";

/** What came of typed characters. */
export interface LineEditor {
  /** Takes what was typed or pasted, a line end included; `leave` for Ctrl-C, or Ctrl-D on an empty line. */
  take(typed: string): "leave" | undefined;
}

export interface LineEditorOptions {
  /** Shows text behind what was shown last. */
  readonly echo: (text: string) => void;
  readonly onLine: (line: string) => void;
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Lines as they are typed, without anything that is drawn anew: characters are shown behind what stands there, and taken
 * away again from the end. Keys that would move the cursor do nothing.
 */
export function createLineEditor({ echo, onLine }: LineEditorOptions): LineEditor {
  let line = "";
  let inSequence: "" | "begun" | "open" = "";
  let afterReturn = false;
  const eraseTo = (end: number): void => {
    const width = displayWidth(line.slice(end).replaceAll("\t", " "));
    echo("\b".repeat(width) + " ".repeat(width) + "\b".repeat(width));
    line = line.slice(0, end);
  };
  const enter = (): void => {
    const entered = line;
    line = "";
    echo("\n");
    onLine(entered);
  };
  const skipsSequence = (sign: string): boolean => {
    if (sign === "\u001B") inSequence = "begun";
    else if (inSequence === "begun") inSequence = /[[O]/.test(sign) ? "open" : "";
    else if (inSequence === "open") inSequence = /[@-~]/.test(sign) ? "" : "open";
    else return false;
    return true;
  };
  const press = (sign: string): "leave" | undefined => {
    switch (sign) {
      case "\r":
      case "\n":
        enter();
        return undefined;
      case "\u0003":
        return "leave";
      case "\u0004":
        return line === "" ? "leave" : undefined;
      case "\b":
      case "\u007F":
        if (line !== "") eraseTo([...segmenter.segment(line)].at(-1)?.index ?? 0);
        return undefined;
      case "\u0015":
        eraseTo(0);
        return undefined;
      case "\u0017":
        eraseTo(Math.max(0, line.search(/\S+\s*$/)));
        return undefined;
    }
    if (sign !== "\t" && /^[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(sign)) return undefined;
    line += sign;
    echo(sign === "\t" ? " " : sign);
    return undefined;
  };
  return {
    take: (typed) => {
      for (const sign of typed) {
        const second = afterReturn && sign === "\n";
        afterReturn = sign === "\r";
        if (second || skipsSequence(sign)) continue;
        if (press(sign) === "leave") return "leave";
      }
      return undefined;
    },
  };
}
