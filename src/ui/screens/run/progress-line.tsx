import { Box } from "ink";
import { formatDuration } from "../../../engine/time.ts";
import { Bar } from "../../widgets/bar.tsx";
import { Styled } from "../../widgets/styled.tsx";

export interface ProgressLineProps {
  readonly done: number;
  readonly total: number;
  /** Milliseconds since the start. */
  readonly elapsed: number;
  /** What is left in words, when that is known. */
  readonly left: string | undefined;
  readonly setAside: number;
  readonly width: number;
}

/** Steps done of steps planned, the time so far, and an estimate when earlier runs allow one. */
export function ProgressLine({ done, total, elapsed, left, setAside, width }: ProgressLineProps) {
  const barWidth = Math.max(10, Math.floor(width / 4));
  const rest = [formatDuration(elapsed), ...(left === undefined ? [] : [left])].join(", ");
  return (
    <Box width={width} height={1}>
      <Bar done={done} total={total} width={barWidth} />
      <Styled as="plain">{` ${done} of ${total} steps  `}</Styled>
      <Styled as="muted">{rest}</Styled>
      {setAside === 0 ? null : <Styled as="warning">{`  ${setAside} set aside`}</Styled>}
    </Box>
  );
}
