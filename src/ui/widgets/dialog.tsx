import { Box, Text } from "ink";
import { Overlay, useKeys } from "../keys/keys.tsx";
import { useTheme } from "../theme/theme.tsx";
import { type Choice, Choices } from "./choices.tsx";
import { Footer } from "./footer.tsx";
import { Styled } from "./styled.tsx";

export interface DialogProps<V extends string> {
  readonly title: string;
  readonly lines?: readonly string[];
  readonly danger?: boolean;
  readonly choices: readonly Choice<V>[];
  /** The answer that has the focus; for what cannot be taken back, the one that changes nothing. */
  readonly initial?: V;
  readonly width: number;
  readonly height: number;
  /** Whether the keys are told below; not when a frame around it tells them. */
  readonly footer?: boolean;
  readonly onChoose: (value: V) => void;
  readonly onClose: () => void;
}

/** A question that must be answered before anything else. */
export function Dialog<V extends string>(props: DialogProps<V>) {
  return (
    <Overlay>
      <Question {...props} />
    </Overlay>
  );
}

function Question<V extends string>(props: DialogProps<V>) {
  const { title, lines = [], danger = false, choices, initial, width, height, footer = true } = props;
  const { onChoose, onClose } = props;
  const { border, style } = useTheme();
  useKeys("screen", { back: onClose });
  const color = danger ? style.danger.color : style.accent.color;
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Box flexGrow={1} alignItems="center" justifyContent="center">
        <Box
          flexDirection="column"
          borderStyle={border}
          paddingX={1}
          width={Math.min(width, 76)}
          {...(color === undefined ? {} : { borderColor: color })}
        >
          <Styled as={danger ? "danger" : "heading"}>{title}</Styled>
          {lines.map((line) => (
            <Text key={line} wrap="wrap">
              {line}
            </Text>
          ))}
          <Box marginTop={1}>
            <Choices choices={choices} onChoose={onChoose} {...(initial === undefined ? {} : { initial })} />
          </Box>
        </Box>
      </Box>
      {footer ? <Footer width={width} /> : null}
    </Box>
  );
}
