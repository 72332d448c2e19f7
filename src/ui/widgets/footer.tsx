import { Box, Text } from "ink";
import { footerHints } from "../keys/hints.ts";
import { useActiveBindings } from "../keys/keys.tsx";
import { useTheme } from "../theme/theme.tsx";

/** The keys that work right now, in one line. */
export function Footer({ width }: { width: number }) {
  const { style, symbols } = useTheme();
  const hints = footerHints(useActiveBindings(), width, symbols.more);
  return (
    <Box width={width} height={1}>
      {hints.map(({ key, hint }) => (
        <Text key={key} wrap="truncate-end">
          <Text {...style.accent}>{key}</Text>
          <Text {...style.muted}> {hint} </Text>
        </Text>
      ))}
    </Box>
  );
}
