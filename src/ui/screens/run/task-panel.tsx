import { Text } from "ink";
import { useState } from "react";
import { useKeys } from "../../keys/keys.tsx";
import type { TaskLine, TaskState } from "../../run/task-tree.ts";
import type { Meaning } from "../../theme/colours.ts";
import type { SymbolName } from "../../theme/symbols.ts";
import { useTheme } from "../../theme/theme.tsx";
import { List } from "../../widgets/list.tsx";
import { Panel } from "../../widgets/panel.tsx";

export const taskLooks: Readonly<Record<TaskState, { symbol: SymbolName; as: Meaning }>> = {
  waiting: { symbol: "waiting", as: "muted" },
  running: { symbol: "running", as: "running" },
  done: { symbol: "ok", as: "ok" },
  failed: { symbol: "failed", as: "danger" },
  skipped: { symbol: "skipped", as: "muted" },
};

export interface TaskPanelProps {
  readonly lines: readonly TaskLine[];
  readonly focused: boolean;
  readonly width: number;
  readonly height: number;
}

interface Row {
  readonly line: TaskLine;
  readonly depth: 0 | 1;
}

/** The steps of the run; one that failed shows on which nodes, one that is done is closed. */
export function TaskPanel({ lines, focused, width, height }: TaskPanelProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState<string>();
  const isOpen = ({ id, state }: TaskLine) => (state === "failed") !== toggled.has(id);
  const rows = lines.flatMap((line): Row[] => [
    { line, depth: 0 },
    ...(isOpen(line) ? line.children.map((child) => ({ line: child, depth: 1 as const })) : []),
  ]);
  useKeys("tasks", {
    toggle:
      focused && at !== undefined
        ? () => {
            const next = new Set(toggled);
            if (!next.delete(at)) next.add(at);
            setToggled(next);
          }
        : undefined,
  });
  const done = lines.filter(({ state }) => state === "done" || state === "skipped").length;
  return (
    <Panel title="Steps" note={`${done}/${lines.length}`} focused={focused} width={width} height={height}>
      <List
        items={rows}
        width={width}
        height={height - 1}
        focused={focused}
        keyOf={({ line }) => line.id}
        onHighlight={({ line, depth }) => setAt(depth === 0 ? line.id : undefined)}
        row={({ line, depth }, selected) => (
          <TaskRow
            line={line}
            depth={depth}
            open={isOpen(line)}
            selected={selected}
            state={line.state}
            ended={line.ended}
          />
        )}
      />
    </Panel>
  );
}

interface TaskRowProps {
  readonly line: TaskLine;
  readonly depth: 0 | 1;
  readonly open: boolean;
  readonly selected: boolean;
  readonly state: TaskState;
  readonly ended: number;
}

function TaskRow({ line, depth, open, selected, state, ended }: TaskRowProps) {
  const { style, symbols } = useTheme();
  const { symbol, as } = taskLooks[state];
  const arrow = depth === 1 || line.children.length === 0 ? " " : open ? symbols.open : symbols.closed;
  const count = depth === 0 && line.instances > 1 && state !== "done" ? ` ${ended}/${line.instances}` : "";
  return (
    <Text wrap="truncate-end">
      <Text {...(selected ? style.selected : style.muted)}>{`${"  ".repeat(depth)}${arrow} `}</Text>
      <Text {...style[as]}>{symbols[symbol]}</Text>
      <Text {...(selected ? style.selected : state === "waiting" ? style.muted : style.plain)}>{` ${line.title}`}</Text>
      <Text {...style.muted}>{count}</Text>
    </Text>
  );
}
