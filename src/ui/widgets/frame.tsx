import { Box, Text } from "ink";
import { type ReactNode, useState } from "react";
import { useActiveBindings, useKeys } from "../keys/keys.tsx";
import { useTerminalSize } from "../terminal/terminal.ts";
import { useTheme } from "../theme/theme.tsx";
import { Footer } from "./footer.tsx";
import { HelpOverlay } from "./help-overlay.tsx";
import { Styled } from "./styled.tsx";

export interface BodySize {
  readonly width: number;
  readonly height: number;
}

export interface FrameProps {
  /** Where one is, from the outside in. */
  readonly crumbs: readonly string[];
  /** One line on the right of the header, such as the elapsed time. */
  readonly status?: ReactNode;
  /** What one does on this screen, for the help. */
  readonly about: readonly string[];
  readonly children: (size: BodySize) => ReactNode;
}

/** One header line, one rule, and the footer below the body. */
const framing = 3;
const smallest = { columns: 60, rows: 15 };

/**
 * The frame of every screen: where one is, the screen itself, the keys. It always fills the terminal but for its last
 * line, because a picture of the full height makes Ink clear the terminal for each frame.
 */
export function Frame({ crumbs, status, about, children }: FrameProps) {
  const { columns, rows } = useTerminalSize();
  const { symbols } = useTheme();
  const [helping, setHelping] = useState(false);
  useKeys("everywhere", { help: () => setHelping(true) });
  const bindings = useActiveBindings();
  const [shown, setShown] = useState(bindings);
  if (!helping && shown !== bindings) setShown(bindings);
  const height = rows - 1;
  const tooSmall = columns < smallest.columns || rows < smallest.rows;
  const title = crumbs.join(` ${symbols.crumb} `);
  return (
    <>
      {tooSmall ? <TooSmall columns={columns} rows={rows} /> : null}
      <Box display={tooSmall ? "none" : "flex"} flexDirection="column" width={columns} height={height}>
        <Box width={columns} height={1} justifyContent="space-between" gap={1}>
          <Styled as="heading">{title}</Styled>
          <Box flexShrink={0}>{typeof status === "string" ? <Styled as="muted">{status}</Styled> : status}</Box>
        </Box>
        <Styled as="muted">{symbols.line.repeat(columns)}</Styled>
        <Box
          display={helping ? "none" : "flex"}
          flexDirection="column"
          width={columns}
          height={height - framing}
          overflow="hidden"
        >
          {children({
            width: Math.max(columns, smallest.columns),
            height: Math.max(height, smallest.rows - 1) - framing,
          })}
        </Box>
        {helping ? (
          <HelpOverlay
            title={crumbs.at(-1) ?? ""}
            about={about}
            bindings={shown}
            width={columns}
            height={height - framing + 1}
            close={() => setHelping(false)}
          />
        ) : (
          <Footer width={columns} />
        )}
      </Box>
    </>
  );
}

function TooSmall({ columns, rows }: { columns: number; rows: number }) {
  return (
    <Box width={columns} height={Math.max(1, rows - 1)} alignItems="center" justifyContent="center">
      <Text wrap="truncate-end">{`Enlarge to ${smallest.columns}x${smallest.rows} (now ${columns}x${rows})`}</Text>
    </Box>
  );
}
