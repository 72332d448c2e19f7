import { Box, Text } from "ink";
import { useState } from "react";
import { toInstallerError } from "../../../engine/errors.ts";
import { useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import type { KnownCluster } from "../../services.ts";
import { printable } from "../../state/printable-value.ts";
import { Choices } from "../../widgets/choices.tsx";
import { Frame } from "../../widgets/frame.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { HealthText } from "../home/health-text.tsx";
import { clusterActions } from "./cluster-actions.ts";
import { useHealth } from "./use-health.ts";

/** Everything one can do with a cluster that is known here. */
export function ClusterScreen({ cluster }: { cluster: KnownCluster }) {
  const app = useApp();
  const [problem, setProblem] = useState("");
  useKeys("screen", { back: () => app.trail.dispatch({ type: "back" }) });
  const offered = clusterActions.filter((action) => action.offered(cluster));
  const choose = async (id: string): Promise<void> => {
    try {
      await offered.find((action) => action.id === id)?.open(app, cluster);
    } catch (thrown) {
      setProblem(toInstallerError(thrown).message);
    }
  };
  const { lastRun, runsOnRecord = 0, presetFile, interrupted } = cluster;
  const health = useHealth(cluster);
  return (
    <Frame crumbs={["kube-installer", cluster.name]} about={["What can be done with this cluster from here."]}>
      {({ width }) => (
        <Box flexDirection="column" width={width}>
          <Styled as="muted">{`Preset: ${presetFile ?? "not known on this machine; give it with --preset"}`}</Styled>
          <Styled as="muted">
            {lastRun !== undefined
              ? `Last run: ${lastRun.command}, ${lastRun.outcome}`
              : runsOnRecord > 0
                ? "No run that changed anything is on record."
                : "No run is on record."}
          </Styled>
          {interrupted === undefined ? null : (
            <Styled as="warning" wrap="wrap">
              {printable(interrupted)}
            </Styled>
          )}
          <HealthText health={health} wrap="wrap" />
          <Box marginY={1}>
            <Choices
              choices={offered.map(({ id, label, note, danger = false }) => ({ value: id, label, note, danger }))}
              onChoose={(id) => void choose(id)}
            />
          </Box>
          <Text wrap="wrap">{problem}</Text>
        </Box>
      )}
    </Frame>
  );
}
