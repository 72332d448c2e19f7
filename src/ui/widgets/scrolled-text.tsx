import { wrapWords } from "../state/wrap-words.ts";
import { List } from "./list.tsx";
import { Styled } from "./styled.tsx";

/** A text longer than the screen; long lines go on below. */
export function ScrolledText({ lines, width, height }: { lines: readonly string[]; width: number; height: number }) {
  const shown = lines.flatMap((line) => wrapWords(line, width - 1)).map((text, number) => ({ text, number }));
  return (
    <List
      items={shown}
      width={width}
      height={height}
      keyOf={({ number }) => String(number)}
      row={({ text }, selected) => <Styled as={selected ? "accent" : "plain"}>{text === "" ? " " : text}</Styled>}
    />
  );
}
