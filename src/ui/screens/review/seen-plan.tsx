import { Box } from "ink";
import { useState } from "react";
import { changesIn } from "../../../engine/review.ts";
import { useApp } from "../../app/app-model.tsx";
import { useKeys } from "../../keys/keys.tsx";
import { commandLine } from "../../review/command-line.ts";
import { cutOffOf, fitPlanRows } from "../../review/fit-plan-rows.ts";
import { intentionOf } from "../../review/intention.ts";
import { countsInWords, type PlanRow, planRows } from "../../review/plan-rows.ts";
import { startRun } from "../../run/start-run.ts";
import type { Foreseen, RunRequest } from "../../services.ts";
import { countOf } from "../../state/count-of.ts";
import { wrapWords } from "../../state/wrap-words.ts";
import { Dialog } from "../../widgets/dialog.tsx";
import type { BodySize } from "../../widgets/frame.tsx";
import { List } from "../../widgets/list.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { PlanLine } from "./plan-row.tsx";
import { TypeName } from "./type-name.tsx";

export interface SeenPlanProps {
  readonly request: RunRequest;
  readonly foreseen: Foreseen;
  readonly size: BodySize;
}

/** The plan, and the questions before it is carried out. */
export function SeenPlan({ request, foreseen, size }: SeenPlanProps) {
  const app = useApp();
  const [withSatisfied, setWithSatisfied] = useState(false);
  const [at, setAt] = useState<string>();
  const [asking, setAsking] = useState<"nothing" | "sure" | "name">("nothing");
  const { review, nodes } = foreseen;
  const { verb, takesAway, errors } = intentionOf(request, foreseen);
  const busy = app.work.get() !== undefined;
  const ask = errors > 0 || busy ? undefined : () => setAsking("sure");
  useKeys("review", { satisfied: () => setWithSatisfied(!withSatisfied), install: ask });
  const counts = `${countOf(nodes.length, "node")}: ${countsInWords(review.entries)}`;
  const sameAs = `The same without the screen: ${commandLine(request)}`;
  const most = size.height < 16 ? 2 : 4;
  const sameRows = wrapWords(sameAs, size.width).slice(0, most);
  const rows = fitPlanRows(planRows(foreseen, withSatisfied), size.width);
  const cutOff = cutOffOf(rows.find(({ id }) => id === at) ?? rows[0], size.width);
  const detail = cutOff === undefined ? [] : wrapWords(cutOff, size.width).slice(0, most);
  const stay = () => setAsking("nothing");
  const start = () => void startRun(app, request, foreseen);
  if (asking === "name") return <TypeName cluster={request.cluster} size={size} onTyped={start} onClose={stay} />;
  if (asking === "sure") {
    return (
      <Dialog
        title={`${verb} ${request.cluster}?`}
        lines={[`${counts}.`, sameAs]}
        danger={review.counts.danger > 0 || takesAway}
        choices={[
          { value: "no", label: "No, change nothing" },
          { value: "yes", label: `Yes, ${verb.toLowerCase()}`, danger: takesAway },
        ]}
        initial="no"
        footer={false}
        width={size.width}
        height={size.height}
        onChoose={(answer) => (answer === "no" ? stay() : takesAway ? setAsking("name") : start())}
        onClose={stay}
      />
    );
  }
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <List
        items={rows}
        width={size.width}
        height={size.height - 2 - detail.length - sameRows.length - (request.startOver ? 1 : 0)}
        keyOf={({ id }: PlanRow) => id}
        row={(row, selected) => <PlanLine row={row} selected={selected} />}
        onChoose={ask}
        onHighlight={({ id }) => setAt(id)}
      />
      {detail.map((row) => (
        <Styled key={row} as="accent">
          {row}
        </Styled>
      ))}
      {request.startOver ? (
        <Styled as="danger">
          First everything the interrupted run made is taken away, then all of it is made anew.
        </Styled>
      ) : null}
      <Styled as="plain">{counts}</Styled>
      {sameRows.map((row) => (
        <Styled key={row} as="muted">
          {row}
        </Styled>
      ))}
      {busy ? (
        <Styled as="warning">A run is under way; wait until it has ended, then look again.</Styled>
      ) : errors > 0 ? (
        <Styled as="danger">{`Preflight found ${countOf(errors, "error")}: mend, then look again.`}</Styled>
      ) : changesIn(review) === 0 && review.counts.unknown === 0 ? (
        <Styled as="ok">Everything is as wanted; there is nothing to do.</Styled>
      ) : (
        <Styled as="accent">Press Enter to go on; you are asked once more.</Styled>
      )}
    </Box>
  );
}
