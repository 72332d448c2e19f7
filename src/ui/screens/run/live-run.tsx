import { Box } from "ink";
import { useCallback, useState } from "react";
import { useKeys } from "../../keys/keys.tsx";
import type { ActiveRun } from "../../run/active-run.ts";
import { freshLogView } from "../../run/log-look.ts";
import { clusterName, type NodeProgress } from "../../run/node-progress.ts";
import type { BodySize } from "../../widgets/frame.tsx";
import { LogPanel } from "./log-panel.tsx";
import { NodePanel } from "./node-panel.tsx";
import { ProgressLine } from "./progress-line.tsx";
import { layOut, type PanelName, panelAfter } from "./run-layout.ts";
import { TaskPanel } from "./task-panel.tsx";
import { useRunVersion } from "./use-run-version.ts";

export interface LiveRunProps {
  readonly run: ActiveRun;
  readonly now: () => number;
  readonly size: BodySize;
  /** One panel has the whole screen. */
  readonly full: boolean;
  readonly onFull: (full: boolean) => void;
  readonly onSave: (name: string, lines: readonly string[]) => void;
  readonly onShell: (node: string) => void;
}

/** The run while it goes on, and as it was when it ended. */
export function LiveRun({ run, now, size, full, onFull, onSave, onShell }: LiveRunProps) {
  const { model, tree } = run;
  useRunVersion(model);
  const [panel, setPanel] = useState<PanelName>("nodes");
  const [selected, setSelected] = useState(model.nodes[0]?.name);
  const [view, setView] = useState(freshLogView);
  const time = model.endedAt ?? now();
  const { sideBySide, sizes } = layOut(
    { width: size.width, height: size.height - 1 },
    model.nodes.length,
    full ? panel : undefined,
  );
  useKeys("run", {
    nextPanel: () => setPanel(panelAfter(panel, 1)),
    previousPanel: () => setPanel(panelAfter(panel, -1)),
    fullScreen: () => onFull(!full),
    shell: selected === undefined || selected === clusterName ? undefined : () => onShell(selected),
  });
  const lines = model.lines(view.all ? undefined : selected);
  const name = view.all ? "all nodes" : (selected ?? "");
  const highlight = useCallback((node: NodeProgress) => setSelected(node.name), []);
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <ProgressLine run={run} elapsed={time - model.startedAt} width={size.width} />
      <Box flexDirection={sideBySide ? "row" : "column"} columnGap={sideBySide ? 1 : 0}>
        {sizes.tasks.height === 0 ? null : (
          <TaskPanel lines={tree.lines} focused={panel === "tasks"} {...sizes.tasks} />
        )}
        <Box flexDirection="column">
          {sizes.nodes.height === 0 ? null : (
            <NodePanel
              nodes={model.nodes}
              waitsFor={model.waitsFor}
              now={time}
              focused={panel === "nodes"}
              onHighlight={highlight}
              {...sizes.nodes}
            />
          )}
          {sizes.log.height === 0 ? null : (
            <LogPanel
              name={name}
              lines={lines}
              view={view}
              onView={setView}
              onSave={(saved) => onSave(name, saved)}
              focused={panel === "log"}
              {...sizes.log}
            />
          )}
        </Box>
      </Box>
    </Box>
  );
}
