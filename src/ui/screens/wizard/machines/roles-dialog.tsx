import { Dialog } from "../../../widgets/dialog.tsx";
import type { BodySize } from "../../../widgets/frame.tsx";
import { type MachineRole, roleChoices } from "../../../wizard/machines/machines.ts";

export interface RolesDialogProps extends BodySize {
  readonly count: number;
  readonly onChoose: (roles: readonly MachineRole[]) => void;
  readonly onClose: () => void;
}

/** Asks what machines are for. */
export function RolesDialog({ count, onChoose, onClose, width, height }: RolesDialogProps) {
  return (
    <Dialog
      title={count === 1 ? "What is this machine for?" : `What are these ${count} machines for?`}
      choices={roleChoices.map(({ label, short }) => ({ value: short, label }))}
      width={width}
      height={height}
      footer={false}
      onChoose={(chosen) => onChoose(roleChoices.find(({ short }) => short === chosen)?.roles ?? ["worker"])}
      onClose={onClose}
    />
  );
}
