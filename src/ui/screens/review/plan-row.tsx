import { Text } from "ink";
import type { Finding } from "../../../engine/findings.ts";
import type { EntryKind } from "../../../engine/review.ts";
import type { PlanRow } from "../../review/plan-rows.ts";
import type { Meaning } from "../../theme/colours.ts";
import type { SymbolName } from "../../theme/symbols.ts";
import { useTheme } from "../../theme/theme.tsx";

const looks: Readonly<Record<EntryKind, { symbol: SymbolName; as: Meaning }>> = {
  create: { symbol: "create", as: "changed" },
  change: { symbol: "wouldChange", as: "changed" },
  danger: { symbol: "danger", as: "danger" },
  satisfied: { symbol: "satisfied", as: "muted" },
  unknown: { symbol: "waiting", as: "warning" },
};

const severities: Readonly<Record<Finding["severity"] | "plain", Meaning>> = {
  error: "danger",
  warning: "warning",
  plain: "plain",
};

/** One line of the plan. */
export function PlanLine({ row, selected }: { row: PlanRow; selected: boolean }) {
  const { style, symbols } = useTheme();
  const pointer = <Text {...style.selected}>{selected ? `${symbols.pointer} ` : "  "}</Text>;
  switch (row.kind) {
    case "note":
      return (
        <Text wrap="truncate-end">
          {pointer}
          <Text {...style[severities[row.severity]]}>{row.text}</Text>
        </Text>
      );
    case "node":
      return (
        <Text wrap="truncate-end">
          {pointer}
          <Text {...style.heading}>{row.name}</Text>
          <Text {...style.muted}>{`  ${[row.roles, row.counts].filter((part) => part !== "").join("  ")}`}</Text>
        </Text>
      );
    case "entry": {
      const { kind, title, saw, danger } = row.entry;
      const { symbol, as } = looks[kind];
      return (
        <Text wrap="truncate-end">
          {pointer}
          <Text {...style[as]}>{`  ${symbols[symbol]} ${title}`}</Text>
          <Text {...style.muted}>{`  ${danger ?? saw}`}</Text>
        </Text>
      );
    }
  }
}
