import { type KeyPress, keysIn } from "./key-press.ts";

export interface InputTaker {
  /** Gives true when it was typed into a text, which leads nowhere else. */
  key(press: KeyPress): boolean;
  /** Text pasted at once, with its line ends. */
  paste(text: string): void;
}

const [begin, end] = ["\u001B[200~", "\u001B[201~"];

/**
 * Tells typed keys from pasted text, which a terminal puts between marks. Keys that come at once are handed on one after
 * the other: each is heard by what the one before it led to.
 */
export function inputReader(taker: InputTaker): (sequence: string) => void {
  let pasted: string | undefined;
  const waiting: (() => boolean)[] = [];
  let resting = false;
  const goOn = (): void => {
    resting = false;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (next()) continue;
      resting = true;
      afterDrawing(goOn);
      return;
    }
  };
  const take = (one: () => boolean): void => {
    waiting.push(one);
    if (!resting) goOn();
  };
  return (sequence) => {
    if (sequence === begin) {
      pasted = "";
    } else if (sequence === end) {
      const text = pasted?.replaceAll(/\r\n?/g, "\n") ?? "";
      if (text !== "") {
        take(() => {
          taker.paste(text);
          return false;
        });
      }
      pasted = undefined;
    } else if (pasted !== undefined) {
      pasted += sequence;
    } else {
      for (const press of keysIn(sequence)) take(() => taker.key(press));
    }
  };
}

/** What is drawn because of a key is scheduled after it was handled, for the next round of events. */
function afterDrawing(act: () => void): void {
  setImmediate(() => setImmediate(act));
}
