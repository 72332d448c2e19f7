import { Box, Text } from "ink";
import { keyLabel } from "../keys/hints.ts";
import { type Binding, inTableOrder } from "../keys/key-table.ts";
import { Overlay, useKeys } from "../keys/keys.tsx";
import { useTheme } from "../theme/theme.tsx";
import { Footer } from "./footer.tsx";
import { Styled } from "./styled.tsx";

export interface HelpProps {
  readonly title: string;
  /** What one does on this screen, a few sentences. */
  readonly about: readonly string[];
  readonly bindings: readonly Binding[];
  readonly width: number;
  readonly height: number;
  readonly close: () => void;
}

/** What this screen is for and every key that works on it. */
export function HelpOverlay(props: HelpProps) {
  return (
    <Overlay>
      <HelpPage {...props} />
    </Overlay>
  );
}

function HelpPage({ title, about, bindings, width, height, close }: HelpProps) {
  const { style } = useTheme();
  useKeys("overlay", { close });
  const keyWidth = Math.max(...bindings.map(({ keys }) => keys.map(keyLabel).join(", ").length), 0) + 2;
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Styled as="heading">{title}</Styled>
      <Box flexDirection="column" marginBottom={1}>
        {about.map((line) => (
          <Text key={line} wrap="wrap">
            {line}
          </Text>
        ))}
      </Box>
      <Box flexDirection="column" flexGrow={1} overflow="hidden">
        {inTableOrder(bindings).map(({ keys, does }) => (
          <Box key={does} height={1}>
            <Box width={keyWidth} flexShrink={0}>
              <Text {...style.accent}>{keys.map(keyLabel).join(", ")}</Text>
            </Box>
            <Text wrap="truncate-end">{does}</Text>
          </Box>
        ))}
      </Box>
      <Footer width={width} />
    </Box>
  );
}
