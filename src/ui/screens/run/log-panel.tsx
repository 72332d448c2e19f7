import { Box, Text } from "ink";
import { useState } from "react";
import { useKeys } from "../../keys/keys.tsx";
import type { LogLines } from "../../run/line-buffer.ts";
import type { LogView } from "../../run/log-look.ts";
import { everyLine, type LogAction, reduceLogView, visibleLines } from "../../run/log-view.ts";
import { Panel } from "../../widgets/panel.tsx";
import { TextField } from "../../widgets/text-field.tsx";

const sidewaysStep = 20;

export interface LogPanelProps {
  /** Whose lines these are. */
  readonly name: string;
  readonly lines: LogLines;
  readonly view: LogView;
  readonly onView: (change: (before: LogView) => LogView) => void;
  readonly onSave: (lines: readonly string[]) => void;
  readonly focused: boolean;
  /** Lines come to it while it is looked at; else it is a text one reads. */
  readonly live?: boolean;
  readonly width: number;
  readonly height: number;
}

/** What a node says, newest line last. */
export function LogPanel({ name, lines, view, onView, onSave, focused, live = true, width, height }: LogPanelProps) {
  const [filtering, setFiltering] = useState(false);
  const rows = Math.max(0, height - 1 - (filtering ? 2 : 0));
  const look = (action: LogAction) => onView((before) => reduceLogView(before, action, lines, { rows, width }));
  useKeys(
    "log",
    focused && !filtering
      ? {
          up: () => look({ type: "scroll", by: -1 }),
          down: () => look({ type: "scroll", by: 1 }),
          pageUp: () => look({ type: "scroll", by: -rows }),
          pageDown: () => look({ type: "scroll", by: rows }),
          oldest: () => look({ type: "oldest" }),
          follow: () => look({ type: "follow" }),
          left: view.wrap ? undefined : () => look({ type: "sideways", by: -sidewaysStep }),
          right: view.wrap ? undefined : () => look({ type: "sideways", by: sidewaysStep }),
          wrap: () => look({ type: "toggle-wrap" }),
          all: live ? () => look({ type: "toggle-all" }) : undefined,
          filter: () => setFiltering(true),
          save: () => onSave(everyLine(lines, view)),
        }
      : {},
  );
  const paused = view.bottom === undefined ? "" : `${live ? "paused " : ""}${view.bottom + 1}/${lines.total}`;
  const sideways = view.from === 0 ? "" : `from column ${view.from + 1}`;
  const filtered = view.filter === "" ? "" : `only "${view.filter}"`;
  return (
    <Panel
      title={live ? `Log of ${name}` : name}
      note={[filtered, sideways, paused].filter((part) => part !== "").join(", ")}
      focused={focused}
      width={width}
      height={height}
    >
      {filtering ? (
        <TextField
          label="Filter"
          value={view.filter}
          focused
          width={width}
          hint="only lines that contain this"
          onChange={(text) => look({ type: "filter", text })}
          onSubmit={() => setFiltering(false)}
          onCancel={() => {
            look({ type: "filter", text: "" });
            setFiltering(false);
          }}
        />
      ) : null}
      <Box flexDirection="column" width={width} height={rows} overflow="hidden">
        <Text>{visibleLines(lines, view, { rows, width }).join("\n")}</Text>
      </Box>
    </Panel>
  );
}
