import { Text } from "ink";
import type { Health } from "../../services.ts";
import { printable } from "../../state/printable-value.ts";
import type { Meaning } from "../../theme/colours.ts";
import type { SymbolName } from "../../theme/symbols.ts";
import { useTheme } from "../../theme/theme.tsx";

const looks: Readonly<Record<Health["state"], { symbol: SymbolName; as: Meaning }>> = {
  healthy: { symbol: "ok", as: "ok" },
  unhealthy: { symbol: "warning", as: "warning" },
  unknown: { symbol: "waiting", as: "muted" },
};

/** How a cluster is, with a symbol; undefined until that is known. */
export function HealthText({
  health,
  wrap = "truncate-end",
}: {
  health: Health | undefined;
  wrap?: "truncate-end" | "wrap";
}) {
  const { style, symbols } = useTheme();
  const { state, says } = health ?? { state: "unknown" as const, says: "looking" };
  const { symbol, as } = looks[state];
  return <Text wrap={wrap} {...style[as]}>{`${symbols[symbol]} ${printable(says)}`}</Text>;
}
