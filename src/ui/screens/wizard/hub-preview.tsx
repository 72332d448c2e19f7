import { Box } from "ink";
import { Styled } from "../../widgets/styled.tsx";
import { previewOf } from "../../wizard/preview.ts";
import type { HubItem } from "./hub-item.ts";
import { useWizard } from "./use-wizard.ts";

interface HubPreviewProps {
  readonly item: HubItem;
  readonly items: readonly HubItem[];
  readonly width: number;
  readonly height: number;
}

/** What the highlighted section writes into the preset, defaults muted; for the review, what each section comes to. */
export function HubPreview({ item, items, width, height }: HubPreviewProps) {
  const { state } = useWizard();
  const lines =
    item.section === undefined
      ? reviewLines(items)
      : previewOf(state.draft, item.section.paths).map(({ text, byDefault }) => ({
          text,
          meaning: byDefault ? ("muted" as const) : ("plain" as const),
        }));
  const shown = lines.slice(0, height).map((line, number) => ({ ...line, number }));
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      {shown.map(({ number, text, meaning }) => (
        <Styled key={number} as={meaning}>
          {text}
        </Styled>
      ))}
    </Box>
  );
}

function reviewLines(items: readonly HubItem[]) {
  const open = items.filter(({ section, status }) => section !== undefined && status.reason !== undefined);
  if (open.length === 0) {
    return [
      { text: "Shows what would change on which machine, and asks before anything does.", meaning: "muted" as const },
    ];
  }
  return open.map(({ section, status }) => ({
    text: `${section?.title}: ${status.reason}`,
    meaning: status.state === "wrong" ? ("danger" as const) : ("warning" as const),
  }));
}
