import { Text } from "ink";
import { formatDuration } from "../../../engine/time.ts";
import { type NodeProgress, type NodeState, whatHappensOn } from "../../run/node-progress.ts";
import type { Meaning } from "../../theme/colours.ts";
import type { SymbolName } from "../../theme/symbols.ts";
import { useTheme } from "../../theme/theme.tsx";
import { List } from "../../widgets/list.tsx";
import { Panel } from "../../widgets/panel.tsx";

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
  const done = nodes.filter(({ state }) => state === "done").length;
  const nameWidth = Math.min(24, Math.max(...nodes.map(({ name }) => name.length), 4));
  return (
    <Panel title="Nodes" note={`${done}/${nodes.length}`} focused={focused} width={width} height={height}>
      <List
        items={nodes}
        width={width}
        height={height - 1}
        focused={focused}
        keyOf={({ name }) => name}
        onHighlight={onHighlight}
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
