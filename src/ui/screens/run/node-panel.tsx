import { Text } from "ink";
import { useCallback, useState } from "react";
import { formatDuration } from "../../../engine/time.ts";
import { useKeys } from "../../keys/keys.tsx";
import { countsOfNodes, nextFailed, nodesMatching } from "../../run/node-choice.ts";
import { type NodeProgress, type NodeState, whatHappensOn } from "../../run/node-progress.ts";
import type { Meaning } from "../../theme/colours.ts";
import type { SymbolName } from "../../theme/symbols.ts";
import { useTheme } from "../../theme/theme.tsx";
import { List } from "../../widgets/list.tsx";
import { Panel } from "../../widgets/panel.tsx";
import { TextField } from "../../widgets/text-field.tsx";

const looks: Readonly<Record<NodeState, { symbol: SymbolName; as: Meaning }>> = {
  waiting: { symbol: "waiting", as: "muted" },
  running: { symbol: "running", as: "running" },
  done: { symbol: "ok", as: "ok" },
  failed: { symbol: "failed", as: "danger" },
  "set-aside": { symbol: "warning", as: "warning" },
};

export interface NodePanelProps {
  readonly nodes: readonly NodeProgress[];
  /** Milliseconds on the clock of the run's model. */
  readonly now: number;
  readonly focused: boolean;
  readonly width: number;
  readonly height: number;
  readonly onHighlight: (node: NodeProgress) => void;
}

/** One line per node: role, how far it is, what it does, for how long. */
export function NodePanel({ nodes, now, focused, width, height, onHighlight }: NodePanelProps) {
  const [filter, setFilter] = useState("");
  const [filtering, setFiltering] = useState(false);
  const [jump, setJump] = useState<number>();
  const [at, setAt] = useState(0);
  const shown = nodesMatching(nodes, filter);
  const failed = nextFailed(shown, at);
  const highlight = useCallback(
    (node: NodeProgress, index: number) => {
      setAt(index);
      onHighlight(node);
    },
    [onHighlight],
  );
  useKeys(
    "nodes",
    focused && !filtering
      ? {
          filter: () => setFiltering(true),
          nextFailed: failed === undefined ? undefined : () => setJump(failed),
        }
      : {},
  );
  const nameWidth = Math.min(24, Math.max(...nodes.map(({ name }) => name.length), 4));
  const counts = `${filter === "" ? "" : `only "${filter}", `}${countsOfNodes(nodes)}`;
  const rows = Math.max(1, height - 1 - (filtering ? 2 : 0));
  return (
    <Panel title="Nodes" note={counts} focused={focused} width={width} height={height}>
      {filtering ? (
        <TextField
          label="Filter"
          value={filter}
          focused
          width={width}
          hint="name, role or state: w-1, worker, failed"
          onChange={setFilter}
          onSubmit={() => setFiltering(false)}
          onCancel={() => {
            setFilter("");
            setFiltering(false);
          }}
        />
      ) : null}
      <List
        items={shown}
        width={width}
        height={rows}
        focused={focused && !filtering}
        keyOf={({ name }) => name}
        empty="No node matches."
        follow={jump}
        onMove={() => setJump(undefined)}
        onHighlight={highlight}
        row={(node, selected) => (
          <NodeRow node={node} now={now} selected={selected} nameWidth={nameWidth} wide={width >= 70} />
        )}
      />
    </Panel>
  );
}

interface NodeRowProps {
  readonly node: NodeProgress;
  readonly now: number;
  readonly selected: boolean;
  readonly nameWidth: number;
  readonly wide: boolean;
}

function NodeRow({ node, now, selected, nameWidth, wide }: NodeRowProps) {
  const { style, symbols } = useTheme();
  const { symbol, as } = looks[node.state];
  const elapsed = node.startedAt === undefined ? "" : formatDuration((node.endedAt ?? now) - node.startedAt);
  const role = wide ? ` ${node.roles.join(",").padEnd(13).slice(0, 13)}` : "";
  return (
    <Text wrap="truncate-end">
      <Text {...style.selected}>{selected ? symbols.pointer : " "}</Text>
      <Text {...style[as]}>{` ${symbols[symbol]} `}</Text>
      <Text {...(selected ? style.selected : style.plain)}>{node.name.padEnd(nameWidth).slice(0, nameWidth)}</Text>
      <Text {...style.muted}>{`${role} ${String(node.done).padStart(2)}/${node.total} ${elapsed.padStart(11)}  `}</Text>
      <Text {...(node.error === undefined ? style.plain : style[as])}>{whatHappensOn(node)}</Text>
    </Text>
  );
}
