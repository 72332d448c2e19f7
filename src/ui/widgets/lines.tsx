import { Text, type TextProps } from "ink";
import type { Style } from "../theme/colours.ts";

/** Lines of text, each in a line of its own. */
export function Lines({
  lines,
  wrap = "truncate-end",
  styleOf,
}: {
  lines: readonly string[];
  wrap?: TextProps["wrap"];
  styleOf?: (line: number) => Style;
}) {
  const numbered = lines.map((text, number) => ({ number, text }));
  return numbered.map(({ number, text }) => (
    <Text key={number} wrap={wrap} {...styleOf?.(number)}>
      {text === "" ? " " : text}
    </Text>
  ));
}
