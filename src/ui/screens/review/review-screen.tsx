import { Box } from "ink";
import Spinner from "ink-spinner";
import { useState } from "react";
import { countFindings } from "../../../engine/findings.ts";
import { useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import { countsInWords, type PlanRow, planRows } from "../../review/plan-rows.ts";
import { startRun } from "../../run/start-run.ts";
import type { Foreseen, RunRequest } from "../../services.ts";
import { useTheme } from "../../theme/theme.tsx";
import { Dialog } from "../../widgets/dialog.tsx";
import { type BodySize, Frame } from "../../widgets/frame.tsx";
import { Lines } from "../../widgets/lines.tsx";
import { List } from "../../widgets/list.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { PlanLine } from "./plan-row.tsx";
import { useForeseen } from "./use-foreseen.ts";

/** What a run would change, before anything does; nothing happens without a yes. */
export function ReviewScreen({ request }: { request?: RunRequest }) {
  const [attempt, setAttempt] = useState(0);
  return <Review key={attempt} request={request} onAgain={() => setAttempt(attempt + 1)} />;
}

function Review({ request, onAgain }: { request: RunRequest | undefined; onAgain: () => void }) {
  const { trail } = useApp();
  const foresight = useForeseen(request);
  useKeys("screen", { back: () => trail.dispatch({ type: "back" }) });
  useKeys("review", { again: foresight.state === "looking" ? undefined : onAgain });
  return (
    <Frame
      crumbs={["kube-installer", request?.command ?? "install", "review"]}
      about={[
        "What would change on which node, found out by looking at each of them. Nothing was changed yet.",
        "+ is made, ~ is altered, ! is worth a second thought, = is as wanted already.",
      ]}
    >
      {(size) => {
        switch (foresight.state) {
          case "looking":
            return <Looking doing={foresight.doing} />;
          case "failed": {
            const {
              message,
              likelyCause,
              nextSteps = [],
              failures = [],
            } = {
              ...foresight.error.details,
              message: foresight.error.message,
            };
            return (
              <Box flexDirection="column">
                <Styled as="danger" wrap="wrap">
                  {message}
                </Styled>
                <Lines
                  wrap="wrap"
                  lines={[
                    ...failures.map((failure) => `  ${failure.message}`),
                    ...(likelyCause === undefined ? [] : [`Likely cause: ${likelyCause}`]),
                    ...nextSteps.map((next) => `Next: ${next}`),
                  ]}
                />
              </Box>
            );
          }
          case "seen":
            return <Seen request={foresight.request} foreseen={foresight.foreseen} size={size} />;
        }
      }}
    </Frame>
  );
}

function Looking({ doing }: { doing: string }) {
  const { unicode } = useTheme();
  return (
    <Box>
      <Spinner type={unicode ? "dots" : "line"} />
      <Styled as="plain">{` ${doing}`}</Styled>
    </Box>
  );
}

function Seen({ request, foreseen, size }: { request: RunRequest; foreseen: Foreseen; size: BodySize }) {
  const app = useApp();
  const [withSatisfied, setWithSatisfied] = useState(false);
  const [asking, setAsking] = useState(false);
  const { review, preflight } = foreseen;
  const errors = preflight === undefined ? 0 : countFindings(preflight.findings, "error");
  useKeys("review", {
    satisfied: () => setWithSatisfied(!withSatisfied),
    install: errors === 0 ? () => setAsking(true) : undefined,
  });
  const verb = request.command === "destroy" ? "Destroy" : "Install";
  const summary = countsInWords(review.entries);
  const command = `kube-installer ${request.command} --preset ${request.presetFile}`;
  if (asking) {
    return (
      <Dialog
        title={`${verb} ${request.cluster}?`}
        lines={[`${foreseen.nodes.length} nodes: ${summary}.`, `The same without the screen: ${command}`]}
        danger={review.counts.danger > 0 || request.command === "destroy"}
        choices={[
          { value: "no", label: "No, change nothing" },
          { value: "yes", label: `Yes, ${verb.toLowerCase()}`, danger: request.command === "destroy" },
        ]}
        initial="no"
        width={size.width}
        height={size.height}
        onChoose={(answer) => (answer === "yes" ? void startRun(app, request, foreseen) : setAsking(false))}
        onClose={() => setAsking(false)}
      />
    );
  }
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <List
        items={planRows(foreseen, withSatisfied)}
        width={size.width}
        height={size.height - 3}
        keyOf={({ id }: PlanRow) => id}
        row={(row, selected) => <PlanLine row={row} selected={selected} />}
        onChoose={errors === 0 ? () => setAsking(true) : undefined}
      />
      <Styled as="plain">{`${foreseen.nodes.length} nodes: ${summary}`}</Styled>
      <Styled as="muted">{`The same without the screen: ${command}`}</Styled>
      {errors === 0 ? (
        <Styled as="accent">Press Enter to go on; you are asked once more.</Styled>
      ) : (
        <Styled as="danger">{`Preflight found ${errors} errors: mend them, then look again.`}</Styled>
      )}
    </Box>
  );
}
