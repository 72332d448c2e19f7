import { Text } from "ink";
import { useTheme } from "../theme/theme.tsx";

/** How much of a known number of things is done. */
export function Bar({ done, total, width }: { done: number; total: number; width: number }) {
  const { style, symbols } = useTheme();
  const filled = total === 0 ? 0 : Math.round((Math.min(done, total) / total) * width);
  return (
    <Text>
      <Text {...style.ok}>{symbols.bar.repeat(filled)}</Text>
      <Text {...style.muted}>{symbols.barRest.repeat(width - filled)}</Text>
    </Text>
  );
}
