import { Box } from "ink";
import type { ReactNode } from "react";
import { useTheme } from "../theme/theme.tsx";
import { Styled } from "./styled.tsx";

export interface PanelProps {
  readonly title: string;
  /** At the right end of the title's line. */
  readonly note?: string;
  readonly focused: boolean;
  readonly width: number;
  /** With the title's line. */
  readonly height: number;
  readonly children: ReactNode;
}

/** A part of a screen under a title that shows whether it has the keys. */
export function Panel({ title, note = "", focused, width, height, children }: PanelProps) {
  const { symbols } = useTheme();
  const label = `${focused ? symbols.pointer : symbols.line} ${title} `;
  const rule = symbols.line.repeat(Math.max(0, width - label.length - (note === "" ? 0 : note.length + 1)));
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Box width={width} height={1}>
        <Styled as={focused ? "selected" : "muted"}>{label}</Styled>
        <Styled as="muted">{note === "" ? rule : `${rule} ${note}`}</Styled>
      </Box>
      {children}
    </Box>
  );
}
