import { Box } from "ink";
import Spinner from "ink-spinner";
import { useState } from "react";
import type { ErrorReport } from "../../../engine/events.ts";
import { useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import { failureLines } from "../../run/failures.ts";
import type { RunRequest } from "../../services.ts";
import { useTheme } from "../../theme/theme.tsx";
import { type BodySize, Frame } from "../../widgets/frame.tsx";
import { ScrolledText } from "../../widgets/scrolled-text.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { SeenPlan } from "./seen-plan.tsx";
import { useForeseen } from "./use-foreseen.ts";

/** What a run would change, before anything does; nothing happens without a yes. */
export function ReviewScreen({ request }: { request?: RunRequest }) {
  const [attempt, setAttempt] = useState(0);
  return <Review key={attempt} request={request} onAgain={() => setAttempt(attempt + 1)} />;
}

function Review({ request, onAgain }: { request: RunRequest | undefined; onAgain: () => void }) {
  const { trail, wizard } = useApp();
  const cluster = request?.cluster ?? wizard.get().draft.metadata?.name ?? "";
  const foresight = useForeseen(request);
  useKeys("screen", { back: () => trail.dispatch({ type: "back" }) });
  useKeys("review", { again: foresight.state === "looking" ? undefined : onAgain });
  return (
    <Frame
      crumbs={["kube-installer", cluster, request?.command ?? "install", "review"]}
      about={[
        "What would change on which node, found out by looking at each of them. Nothing was changed yet.",
        "+ is made, ~ is altered, ! is worth a second thought, = is as wanted already.",
      ]}
    >
      {(size) => {
        switch (foresight.state) {
          case "looking":
            return <Looking doing={foresight.doing} />;
          case "failed":
            return <CannotLook error={foresight.error} size={size} />;
          case "seen":
            return <SeenPlan request={foresight.request} foreseen={foresight.foreseen} size={size} />;
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

/** Why there is no plan, every reason of every node. */
function CannotLook({ error, size }: { error: ErrorReport; size: BodySize }) {
  const { failures = [], ...first } = error;
  const all = failures.length === 0 ? [first] : failures;
  const lines = all.flatMap((one) => [...failureLines({ title: one.node ?? "No plan", error: one }), ""]);
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <Styled as="danger">{failures.length === 0 ? "The nodes could not be looked at" : first.message}</Styled>
      <ScrolledText lines={lines} width={size.width} height={size.height - 1} />
    </Box>
  );
}
