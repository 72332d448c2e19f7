import { Box } from "ink";
import { formatDuration } from "../../../engine/time.ts";
import type { ActiveRun } from "../../run/active-run.ts";
import { Bar } from "../../widgets/bar.tsx";
import { Styled } from "../../widgets/styled.tsx";

export interface ProgressLineProps {
  readonly run: ActiveRun;
  /** Milliseconds since the start. */
  readonly elapsed: number;
  readonly width: number;
}

/** Steps done of steps planned, the time so far, and an estimate when earlier runs allow one; before, what goes on. */
export function ProgressLine({ run: { model, teller, stopping = false, end }, elapsed, width }: ProgressLineProps) {
  const setAside = model.nodes.filter(({ state }) => state === "set-aside").length;
  const findings = model.preflight?.findings.length ?? 0;
  const over = end !== undefined;
  const left = over || stopping ? undefined : teller.say(elapsed);
  const time = [formatDuration(elapsed), ...(left === undefined ? [] : [left])].join(", ");
  return (
    <Box width={width} height={1} overflow="hidden">
      {model.begun || over ? (
        <Box flexShrink={0}>
          <Bar done={model.done} total={model.total} width={Math.max(10, Math.floor(width / 5))} />
          <Styled as="plain">{` ${model.done} of ${model.total} steps  `}</Styled>
        </Box>
      ) : (
        <Styled as="running">{`${model.note === "" ? "Looking at every node" : model.note}  `}</Styled>
      )}
      <Box flexShrink={0}>
        <Styled as="muted">{time}</Styled>
      </Box>
      {setAside === 0 ? null : <Styled as="warning">{`  ${setAside} set aside`}</Styled>}
      {findings === 0 ? null : <Styled as="warning">{`  ${findings} found by preflight`}</Styled>}
      {stopping && !over ? <Styled as="warning">{"  stopping after the running steps"}</Styled> : null}
    </Box>
  );
}
