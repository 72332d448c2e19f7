import { Text } from "ink";
import { memo, useRef, useState } from "react";
import { useKeys } from "../../keys/keys.tsx";
import type { TaskLine, TaskState } from "../../run/task-instances.ts";
import { type TaskRow, taskRows, worthLookingAt } from "../../run/task-rows.ts";
import type { Meaning } from "../../theme/colours.ts";
import type { SymbolName } from "../../theme/symbols.ts";
import { useTheme } from "../../theme/theme.tsx";
import { List } from "../../widgets/list.tsx";
import { Panel } from "../../widgets/panel.tsx";

const looks: Readonly<Record<TaskState, { symbol: SymbolName; as: Meaning }>> = {
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

/**
 * The steps of the run; one that failed shows on which nodes, one that is done is closed. It follows what runs until
 * somebody looks at something else.
 */
export function TaskPanel({ lines, focused, width, height }: TaskPanelProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  // No state: which line it is changes as the run goes on, and nothing has to be drawn anew for it.
  const at = useRef<string>(undefined);
  const [following, setFollowing] = useState(true);
  const rows = taskRows(lines, toggled);
  const toggle = (): void => {
    if (at.current === undefined) return;
    const next = new Set(toggled);
    if (!next.delete(at.current)) next.add(at.current);
    setToggled(next);
    setFollowing(false);
  };
  useKeys("tasks", {
    toggle: focused && rows.length > 0 ? toggle : undefined,
    follow: focused && !following ? () => setFollowing(true) : undefined,
  });
  const done = lines.filter(({ state }) => state === "done" || state === "skipped").length;
  const note = `${following ? "" : "not following "}${done}/${lines.length}`;
  return (
    <Panel title="Steps" note={note} focused={focused} width={width} height={height}>
      <List
        items={rows}
        width={width}
        height={height - 1}
        focused={focused}
        keyOf={({ line }) => line.id}
        follow={following ? worthLookingAt(rows) : undefined}
        onMove={() => setFollowing(false)}
        onHighlight={({ step }) => {
          at.current = step;
        }}
        row={(row, selected) => (
          <TaskRowLine {...row} state={row.line.state} ended={row.line.ended} selected={selected} />
        )}
      />
    </Panel>
  );
}

interface TaskRowLineProps extends TaskRow {
  /** Lines change in place, so what is shown of them is said apart: most rows stay as they were. */
  readonly state: TaskState;
  readonly ended: number;
  readonly selected: boolean;
}

const TaskRowLine = memo(function TaskRowLine({ line, state, ended, depth, open, selected }: TaskRowLineProps) {
  const { style, symbols } = useTheme();
  const { symbol, as } = looks[state];
  const arrow = depth === 1 || line.children.length === 0 ? " " : open ? symbols.open : symbols.closed;
  const count = depth === 0 && line.instances > 1 && state !== "done" ? ` ${ended}/${line.instances}` : "";
  const plain = state === "waiting" ? style.muted : style.plain;
  return (
    <Text wrap="truncate-end">
      <Text {...(selected ? style.selected : style.muted)}>{`${"  ".repeat(depth)}${arrow} `}</Text>
      <Text {...style[as]}>{symbols[symbol]}</Text>
      <Text {...(selected ? style.selected : plain)}>{` ${line.title}`}</Text>
      {count === "" ? null : <Text {...style.muted}>{count}</Text>}
    </Text>
  );
});
