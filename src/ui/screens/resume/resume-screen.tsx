import { Box } from "ink";
import { useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import type { KnownCluster } from "../../services.ts";
import { printable } from "../../state/printable-value.ts";
import { Choices } from "../../widgets/choices.tsx";
import { Frame } from "../../widgets/frame.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { waysToResume } from "./ways-to-resume.ts";

/** What is known about a run that was broken off, and the ways on from there. */
export function ResumeScreen({ cluster }: { cluster: KnownCluster }) {
  const { trail } = useApp();
  useKeys("screen", { back: () => trail.dispatch({ type: "back" }) });
  const ways = waysToResume(cluster);
  return (
    <Frame
      crumbs={["kube-installer", cluster.name, "resume"]}
      about={[
        "The nodes tell what is done already; resuming does the rest. Nothing happens before you have reviewed it.",
      ]}
    >
      {({ width }) => (
        <Box flexDirection="column" width={width}>
          <Styled as="warning" wrap="wrap">
            {printable(cluster.interrupted ?? "The last run came to its end.")}
          </Styled>
          {cluster.presetFile === undefined ? (
            <Styled as="muted" wrap="wrap">
              Its preset is not known on this machine; give it with --preset to go on.
            </Styled>
          ) : null}
          <Box marginTop={1}>
            <Choices
              choices={ways.map(({ id, label, note, danger = false }) => ({ value: id, label, note, danger }))}
              onChoose={(chosen) => {
                const way = ways.find(({ id }) => id === chosen);
                if (way !== undefined) trail.dispatch({ type: "open", place: way.place });
              }}
            />
          </Box>
        </Box>
      )}
    </Frame>
  );
}
