import { Box } from "ink";
import { keyLabel } from "../keys/hints.ts";
import { type Binding, inTableOrder } from "../keys/key-table.ts";
import { Overlay, useKeys } from "../keys/keys.tsx";
import { wrapWords } from "../state/wrap-words.ts";
import { Footer } from "./footer.tsx";
import { List } from "./list.tsx";
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

/** What this screen is for and every key that works on it; scrolls where there is more than fits. */
export function HelpOverlay(props: HelpProps) {
  return (
    <Overlay>
      <HelpPage {...props} />
    </Overlay>
  );
}

interface HelpLine {
  readonly number: number;
  readonly key: string;
  readonly text: string;
}

function HelpPage({ title, about, bindings, width, height, close }: HelpProps) {
  useKeys("overlay", { close });
  const keys = inTableOrder(bindings).map(({ keys: names, does }) => ({
    key: names.map(keyLabel).join(", "),
    text: does,
  }));
  const keyWidth = Math.max(...keys.map(({ key }) => key.length), 0) + 2;
  const prose = about.flatMap((line) => wrapWords(line, width - 1)).map((text) => ({ key: "", text }));
  const lines: readonly HelpLine[] = [...prose, { key: "", text: "" }, ...keys].map((line, number) => ({
    ...line,
    number,
  }));
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Styled as="heading">{title}</Styled>
      <List
        items={lines}
        width={width}
        height={height - 2}
        keyOf={({ number }) => String(number)}
        row={({ key, text }, selected) => (
          <Box width={width} height={1}>
            {key === "" ? null : (
              <Box width={keyWidth} flexShrink={0}>
                <Styled as="accent">{key}</Styled>
              </Box>
            )}
            <Styled as={selected ? "selected" : "plain"}>{text}</Styled>
          </Box>
        )}
      />
      <Footer width={width} />
    </Box>
  );
}
