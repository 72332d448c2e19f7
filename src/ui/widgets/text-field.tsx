import { Box, Text } from "ink";
import { useReducer } from "react";
import { useKeys } from "../keys/keys.tsx";
import { editText, reduceText, textOf, visibleText } from "../state/text-editing.ts";
import { useTheme } from "../theme/theme.tsx";
import { Styled } from "./styled.tsx";

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly focused: boolean;
  readonly width: number;
  /** What to enter, with an example; an error takes its place. */
  readonly hint?: string;
  readonly placeholder?: string;
  /** Why the typed text cannot be taken, while typing. */
  readonly problem?: (text: string) => string | undefined;
  /** Shows only how much was typed. */
  readonly secret?: boolean;
  readonly onChange?: (text: string) => void;
  readonly onSubmit: (text: string) => void;
  readonly onCancel?: () => void;
  readonly onNext?: () => void;
  readonly onPrevious?: () => void;
}

/** One line of text with its label; what is wrong with it is said while typing, and it cannot be taken until mended. */
export function TextField(props: TextFieldProps) {
  const { label, value, focused, width, hint, placeholder = "", problem, secret = false } = props;
  const { style } = useTheme();
  const [text, edit] = useReducer(reduceText, value, editText);
  const typed = textOf(text);
  const wrong = problem?.(typed);
  const change = (action: Parameters<typeof reduceText>[1]): void => {
    edit(action);
    props.onChange?.(textOf(reduceText(text, action)));
  };
  const leave = (go: (() => void) | undefined) => go && (() => (wrong === undefined ? go() : undefined));
  useKeys(
    "text",
    focused
      ? {
          submit: () => (wrong === undefined ? props.onSubmit(typed) : undefined),
          cancel: props.onCancel,
          next: leave(props.onNext),
          previous: leave(props.onPrevious),
          clear: () => change({ type: "clear" }),
          start: () => edit({ type: "start" }),
          end: () => edit({ type: "end" }),
          left: () => edit({ type: "move", by: -1 }),
          right: () => edit({ type: "move", by: 1 }),
          eraseBefore: () => change({ type: "eraseBefore" }),
          eraseAfter: () => change({ type: "eraseAfter" }),
          eraseWord: () => change({ type: "eraseWord" }),
        }
      : {},
    focused
      ? {
          type: (input) => change({ type: "insert", text: input }),
          paste: (input) => change({ type: "insert", text: input }),
        }
      : undefined,
  );
  const shown = secret ? { ...text, characters: text.characters.map(() => "*") } : text;
  const { before, at, after } = visibleText(shown, Math.max(1, width - label.length - 3));
  const empty = typed === "" && placeholder !== "";
  return (
    <Box flexDirection="column" width={width}>
      <Box height={1}>
        <Styled as={focused ? "selected" : "plain"}>{`${label}: `}</Styled>
        {focused ? (
          <Text wrap="truncate-end">
            {before}
            <Text inverse>{at}</Text>
            {after}
            {empty ? <Text {...style.muted}>{placeholder}</Text> : null}
          </Text>
        ) : (
          <Styled as={empty ? "muted" : "plain"}>{empty ? placeholder : textOf(shown)}</Styled>
        )}
      </Box>
      {focused ? (
        <Box height={1} paddingLeft={2}>
          {wrong === undefined ? <Styled as="muted">{hint ?? " "}</Styled> : <Styled as="danger">{wrong}</Styled>}
        </Box>
      ) : null}
    </Box>
  );
}
