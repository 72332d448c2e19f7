import { Box, Text } from "ink";
import type { ActiveRun } from "../../run/active-run.ts";
import { wrapWords } from "../../state/wrap-words.ts";
import { useTheme } from "../../theme/theme.tsx";
import { Choices } from "../../widgets/choices.tsx";
import type { BodySize } from "../../widgets/frame.tsx";
import { Lines } from "../../widgets/lines.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { usePages } from "./use-pages.ts";

export interface FinishViewProps {
  readonly run: ActiveRun;
  readonly size: BodySize;
  readonly onHome: () => void;
  readonly onQuit: () => void;
}

/** What came of the run and what to do with it; the same lines are printed again after leaving. */
export function FinishView({ run, size, onHome, onQuit }: FinishViewProps) {
  const { style, symbols } = useTheme();
  const lines = (run.end?.closing ?? []).flatMap((line) => wrapWords(line, size.width));
  const rows = Math.max(1, size.height - 4);
  const { top, where } = usePages(lines.length, rows, "last");
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <Box height={1}>
        <Text {...style.ok}>{`${symbols.ok} ${run.request.command} of ${run.request.cluster} is done`}</Text>
        <Styled as="muted">{where === "" ? "" : `  ${where}`}</Styled>
      </Box>
      <Box flexDirection="column" height={rows} overflow="hidden">
        <Lines lines={lines.slice(top, top + rows)} />
      </Box>
      <Choices
        choices={[
          { value: "quit", label: "Leave", note: "these lines are printed again" },
          { value: "home", label: "Back to the start" },
        ]}
        onChoose={(answer) => (answer === "quit" ? onQuit() : onHome())}
      />
    </Box>
  );
}
