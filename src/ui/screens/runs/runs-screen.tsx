import { Box, Text } from "ink";
import { useCallback, useEffect, useState } from "react";
import { toInstallerError } from "../../../engine/errors.ts";
import { formatDuration } from "../../../engine/time.ts";
import { useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import type { KnownRun } from "../../services.ts";
import { useTheme } from "../../theme/theme.tsx";
import { Frame } from "../../widgets/frame.tsx";
import { List } from "../../widgets/list.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { ToldRun } from "./told-run.tsx";

/** What was done with a cluster from this machine; each run can be read again. */
export function RunsScreen({ cluster, run }: { cluster: string; run?: KnownRun }) {
  const { trail, services } = useApp();
  const [runs, setRuns] = useState<readonly KnownRun[]>();
  const [told, setTold] = useState<{ readonly run: KnownRun; readonly lines: readonly string[] }>();
  const [at, setAt] = useState<KnownRun>();
  const [problem, setProblem] = useState("");
  const fail = useCallback((thrown: unknown) => setProblem(toInstallerError(thrown).message), []);
  const tell = useCallback(
    (one: KnownRun) => void services.replay(one).then((lines) => setTold({ run: one, lines }), fail),
    [services, fail],
  );
  useEffect(() => {
    if (run !== undefined) tell(run);
  }, [run, tell]);
  useEffect(() => {
    services.runs(cluster).then(setRuns, (thrown: unknown) => {
      setRuns([]);
      fail(thrown);
    });
  }, [services, cluster, fail]);
  useKeys("screen", {
    back: () => (told === undefined || run !== undefined ? trail.dispatch({ type: "back" }) : setTold(undefined)),
  });
  const crumbs = ["kube-installer", cluster, "runs", ...(told === undefined ? [] : [told.run.id])];
  return (
    <Frame crumbs={crumbs} about={["The runs on record here, newest first. Enter tells one again as text."]}>
      {({ width, height }) => (
        <Box flexDirection="column" width={width} height={height}>
          {told === undefined ? (
            <List
              items={runs ?? []}
              width={width}
              height={height - 1}
              keyOf={({ id }) => id}
              empty={runs === undefined ? "Reading" : "No run is on record."}
              onHighlight={setAt}
              row={(one, selected) => <RunLine run={one} selected={selected} />}
              onChoose={tell}
            />
          ) : (
            <ToldRun lines={told.lines} width={width} height={height - 1} />
          )}
          {problem === "" ? (
            <Styled as="muted">{at === undefined || told !== undefined ? " " : `${at.id}  ${at.steps}`}</Styled>
          ) : (
            <Styled as="warning">{problem}</Styled>
          )}
        </Box>
      )}
    </Frame>
  );
}

function RunLine({ run, selected }: { run: KnownRun; selected: boolean }) {
  const { style, symbols } = useTheme();
  const started = run.started?.toISOString().slice(0, 19).replace("T", " ") ?? "";
  const duration = run.durationMs === undefined ? "" : formatDuration(run.durationMs);
  return (
    <Text wrap="truncate-end">
      <Text {...(selected ? style.selected : style.plain)}>
        {`${selected ? symbols.pointer : " "} ${started}  ${run.command.padEnd(18)}`}
      </Text>
      <Text {...(run.outcome === "ok" ? style.ok : style.warning)}>{` ${run.outcome.padEnd(12)}`}</Text>
      <Text {...style.muted}>{`${duration.padStart(12)}  ${run.steps}`}</Text>
    </Text>
  );
}
