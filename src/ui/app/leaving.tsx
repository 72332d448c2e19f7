import { useKeys } from "../keys/keys.tsx";
import { useStore } from "../state/use-store.ts";
import { useRedraw, useTerminalSize } from "../terminal/terminal.ts";
import { Dialog } from "../widgets/dialog.tsx";
import { useApp } from "./app-model.tsx";

const interrupted = 130;

/**
 * Listens for Ctrl-C everywhere: the first one asks, the second one aborts what is under way and leaves. Ctrl-L draws
 * everything anew.
 */
export function LeaveKey({ asked, onAsk }: { asked: () => boolean; onAsk: () => void }) {
  const { quit } = useApp();
  const redraw = useRedraw();
  useKeys("everywhere", { redraw, quit: () => (asked() ? quit(interrupted) : onAsk()) });
  return null;
}

/** Asks what leaving means right now. */
export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { work, quit } = useApp();
  const { columns, rows } = useTerminalSize();
  const current = useStore(work, (state) => state);
  const size = { width: columns, height: rows - 1 };
  if (current === undefined) {
    return (
      <Dialog
        {...size}
        title="Leave?"
        lines={["Nothing is under way. Press Ctrl-C again to leave at once."]}
        choices={[
          { value: "stay", label: "Stay" },
          { value: "leave", label: "Leave" },
        ]}
        initial="stay"
        onChoose={(choice) => (choice === "leave" ? quit(interrupted) : onClose())}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      {...size}
      title={`Stop ${current.what}?`}
      lines={["What is done stays done; a later run goes on from there. Press Ctrl-C again to abort and leave."]}
      danger
      choices={[
        { value: "go-on", label: "Go on" },
        { value: "stop", label: "Stop after the running steps" },
        { value: "abort", label: "Abort now", note: "ends the commands on the nodes", danger: true },
      ]}
      initial="go-on"
      onChoose={(choice) => {
        if (choice === "stop") current.stop();
        if (choice === "abort") current.abort();
        onClose();
      }}
      onClose={onClose}
    />
  );
}
