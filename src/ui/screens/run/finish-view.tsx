import { Box, Text } from "ink";
import type { ActiveRun } from "../../run/active-run.ts";
import { useTheme } from "../../theme/theme.tsx";
import { Choices } from "../../widgets/choices.tsx";
import type { BodySize } from "../../widgets/frame.tsx";
import { Lines } from "../../widgets/lines.tsx";

export interface FinishViewProps {
  readonly run: ActiveRun;
  readonly size: BodySize;
  readonly onHome: () => void;
  readonly onQuit: () => void;
}

/** What came of the run and what to do with it; the same lines are printed again after leaving. */
export function FinishView({ run, size, onHome, onQuit }: FinishViewProps) {
  const { style, symbols } = useTheme();
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <Text {...style.ok}>{`${symbols.ok} ${run.request.command} of ${run.request.cluster} is done`}</Text>
      <Box flexDirection="column" height={size.height - 4} overflow="hidden">
        <Lines lines={run.end?.closing ?? []} />
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
