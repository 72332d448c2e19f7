import { Dialog } from "../../../widgets/dialog.tsx";
import type { BodySize } from "../../../widgets/frame.tsx";
import { type ImportPlan, planInWords } from "../../../wizard/machines/plan-import.ts";

export interface ImportPreviewProps extends BodySize {
  readonly plan: ImportPlan;
  readonly onAdd: () => void;
  readonly onClose: () => void;
}

/** What of the dialog are borders, title, the answers and the like. */
const besides = 9;

/** What would be added, and what was not understood, before anything is. */
export function ImportPreview({ plan, width, height, onAdd, onClose }: ImportPreviewProps) {
  const { added, problems } = plan;
  const room = Math.max(2, height - besides);
  const shown = added
    .slice(0, Math.max(1, Math.min(4, room - problems.length)))
    .map(({ name, address, roles }) =>
      [`+ ${address ?? ""}`, ...(name === undefined ? [] : [name]), (roles ?? []).join(" and ")].join("  "),
    );
  const wrong = problems
    .slice(0, Math.max(1, room - shown.length))
    .map(({ line, reason }) => cut(`line ${line}: ${reason}`, width));
  const more = problems.length - wrong.length;
  return (
    <Dialog
      title={`Import machines: ${planInWords(plan)}`}
      lines={[
        ...shown,
        ...(added.length > shown.length ? [`and ${added.length - shown.length} more machines`] : []),
        ...wrong,
        ...(more > 0 ? [`and ${more} more lines that were not understood`] : []),
      ]}
      choices={
        added.length === 0
          ? [{ value: "close", label: "Close" }]
          : [
              { value: "add", label: added.length === 1 ? "Add it" : `Add the ${added.length} machines` },
              { value: "close", label: "Add nothing" },
            ]
      }
      width={width}
      height={height}
      footer={false}
      onChoose={(choice) => (choice === "add" ? onAdd() : onClose())}
      onClose={onClose}
    />
  );
}

function cut(text: string, width: number): string {
  const room = Math.min(width, 76) - 4;
  return text.length > room ? `${text.slice(0, room - 3)}...` : text;
}
