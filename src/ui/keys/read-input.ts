import { type KeyPress, keysIn } from "./key-press.ts";

export interface InputTaker {
  key(press: KeyPress): void;
  /** Text pasted at once, with its line ends. */
  paste(text: string): void;
}

const [begin, end] = ["\u001B[200~", "\u001B[201~"];

/** Tells typed keys from pasted text, which a terminal puts between marks. */
export function inputReader(taker: InputTaker): (sequence: string) => void {
  let pasted: string | undefined;
  return (sequence) => {
    if (sequence === begin) {
      pasted = "";
    } else if (sequence === end) {
      if (pasted !== undefined && pasted !== "") taker.paste(pasted.replaceAll(/\r\n?/g, "\n"));
      pasted = undefined;
    } else if (pasted !== undefined) {
      pasted += sequence;
    } else {
      for (const press of keysIn(sequence)) taker.key(press);
    }
  };
}
