import { Text } from "ink";
import { memo, useCallback, useState } from "react";
import { formatDuration } from "../../../engine/time.ts";
import { useKeys } from "../../keys/keys.tsx";
import { countsOfNodes, nextFailed, nodesMatching } from "../../run/node-choice.ts";
import { type NodeProgress, type NodeState, whatHappensOn } from "../../run/node-progress.ts";
import type { Meaning } from "../../theme/colours.ts";
import type { SymbolName } from "../../theme/symbols.ts";
import { useTheme } from "../../theme/theme.tsx";
import { List } from "../../widgets/list.tsx";
import { Panel } from "../../widgets/panel.tsx";
import { Styled } from "../../widgets/styled.tsx";
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
  /** What an idle node waits for that happens elsewhere, or nothing. */
  readonly waitsFor: (name: string) => string;
  /** Milliseconds on the clock of the run's model. */
  readonly now: number;
  readonly focused: boolean;
  readonly width: number;
  readonly height: number;
  readonly onHighlight: (node: NodeProgress) => void;
}

/** One line per node: role, how far it is, what it does, for how long. */
export function NodePanel({ nodes, waitsFor, now, focused, width, height, onHighlight }: NodePanelProps) {
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
        row={(node, selected) => {
          const awaited = node.state === "running" || node.state === "waiting" ? waitsFor(node.name) : "";
          return (
            <NodeRow
              name={node.name.padEnd(nameWidth).slice(0, nameWidth)}
              state={awaited === "" ? node.state : "waiting"}
              wrong={node.error !== undefined}
              progress={progressOf(node, now, width >= 70)}
              doing={awaited === "" ? whatHappensOn(node) : `waits for: ${awaited}`}
              selected={selected}
            />
          );
        }}
      />
    </Panel>
  );
}

interface NodeRowProps extends Pick<NodeProgress, "name" | "state"> {
  readonly wrong: boolean;
  readonly progress: string;
  readonly doing: string;
  readonly selected: boolean;
}

/** Nodes change in place, so it is given what is shown of them: what stays as it was is not drawn again. */
const NodeRow = memo(function NodeRow({ name, state, wrong, progress, doing, selected }: NodeRowProps) {
  const { symbols } = useTheme();
  const { symbol, as } = looks[state];
  return (
    <Text wrap="truncate-end">
      {selected ? <Styled as="selected">{symbols.pointer}</Styled> : " "}
      <Styled as={as}>{` ${symbols[symbol]} `}</Styled>
      {selected ? <Styled as="selected">{name}</Styled> : name}
      <Styled as="muted">{progress}</Styled>
      {wrong ? <Styled as={as}>{doing}</Styled> : doing}
    </Text>
  );
});

function progressOf({ roles, done, total, startedAt, endedAt }: NodeProgress, now: number, wide: boolean): string {
  const role = wide ? ` ${roles.join(",").padEnd(13).slice(0, 13)}` : "";
  const elapsed = startedAt === undefined ? "" : formatDuration((endedAt ?? now) - startedAt);
  return `${role} ${String(done).padStart(2)}/${total} ${elapsed.padStart(11)}  `;
}
