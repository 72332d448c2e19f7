import { Box } from "ink";
import { useState } from "react";
import { useApp } from "../../app/app-model.tsx";
import type { Place } from "../../app/place.ts";
import { useKeys } from "../../keys/keys.tsx";
import { useTheme } from "../../theme/theme.tsx";
import type { BodySize } from "../../widgets/frame.tsx";
import { List } from "../../widgets/list.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { aboutSection } from "../../wizard/about.ts";
import { nextToDo, type SectionStatus, statusOf } from "../../wizard/section.ts";
import type { HubItem } from "./hub-item.ts";
import { HubPreview } from "./hub-preview.tsx";
import { HubRow } from "./hub-row.tsx";
import { sections } from "./section-table.ts";
import { useWizard } from "./use-wizard.ts";
import { type Notice, WizardFrame } from "./wizard-frame.tsx";

const besideFrom = 100;
const review = "review";

/** All sections at once, answered in any order; what is missing or wrong says why. */
export function Hub() {
  const { trail } = useApp();
  const { state, judged, dispatch } = useWizard();
  const [refused, setRefused] = useState(false);
  const ground = { draft: state.draft, judged };
  const items = sections.map(
    (section): HubItem => ({ id: section.id, section, status: statusOf(section, sections, ground) }),
  );
  const toDo = items.filter(({ status }) => status.state === "missing" || status.state === "wrong");
  const obstacle = toDo[0];
  const lines: readonly HubItem[] = [...items, { id: review, section: undefined, status: reviewStatus(obstacle) }];
  const highlighted = state.highlighted ?? nextToDo("", sections, ground)?.id ?? review;
  const index = Math.max(
    0,
    lines.findIndex(({ id }) => id === highlighted),
  );
  const current = lines[index];
  useKeys("screen", { back: () => trail.dispatch({ type: "back" }) });
  const choose = ({ section }: HubItem): void => {
    if (section === undefined && obstacle !== undefined) {
      setRefused(true);
    } else {
      const place: Place = section === undefined ? { screen: "review" } : { screen: "wizard", section: section.id };
      trail.dispatch({ type: "open", place });
    }
  };
  const notice: Notice | undefined =
    refused && obstacle !== undefined && highlighted === review
      ? { as: "danger", text: `Not yet. ${reviewStatus(obstacle).reason}` }
      : undefined;
  return (
    <WizardFrame
      crumbs={["Install a cluster"]}
      status={`${items.length - toDo.length} of ${items.length} complete`}
      about={[
        "Answer the sections in any order; most have a good answer already. Then review and install.",
        ...(current?.section === undefined ? [] : aboutSection(current.section, state.draft)),
      ]}
      section={current?.section}
      notice={notice}
    >
      {(size) => (
        <HubBody
          {...size}
          lines={lines}
          index={index}
          onChoose={choose}
          onHighlight={({ id }) => dispatch({ type: "highlight", section: id })}
        />
      )}
    </WizardFrame>
  );
}

function reviewStatus(obstacle: HubItem | undefined): SectionStatus {
  if (obstacle === undefined) return { state: "complete", reason: undefined };
  return { state: "missing", reason: `${obstacle.section?.title}: ${obstacle.status.reason}` };
}

interface HubBodyProps extends BodySize {
  readonly lines: readonly HubItem[];
  readonly index: number;
  readonly onChoose: (item: HubItem) => void;
  readonly onHighlight: (item: HubItem) => void;
}

/** The sections, and beside or below them what the highlighted one says. */
function HubBody({ width, height, lines, index, onChoose, onHighlight }: HubBodyProps) {
  const { symbols } = useTheme();
  const beside = width >= besideFrom;
  const listWidth = beside ? Math.floor(width * 0.55) : width;
  const listHeight = beside ? height : Math.min(lines.length, height);
  const current = lines[index];
  const rest = height - listHeight;
  return (
    <Box flexDirection={beside ? "row" : "column"} width={width} height={height} overflow="hidden">
      <List
        items={lines}
        width={listWidth}
        height={listHeight}
        keyOf={({ id }) => id}
        initial={index}
        row={(item, selected) => <HubRow item={item} selected={selected} />}
        onChoose={onChoose}
        onHighlight={onHighlight}
      />
      {beside || rest < 2 || current === undefined ? null : <Styled as="muted">{symbols.line.repeat(width)}</Styled>}
      {current === undefined ? null : beside ? (
        <Box marginLeft={2}>
          <HubPreview item={current} items={lines} width={width - listWidth - 2} height={height} />
        </Box>
      ) : rest < 2 ? null : (
        <HubPreview item={current} items={lines} width={width} height={rest - 1} />
      )}
    </Box>
  );
}
