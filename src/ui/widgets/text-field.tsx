import { Box, Text } from "ink";
import { useRef, useState } from "react";
import { sanitizeLine } from "../../engine/sanitize.ts";
import { useKeys } from "../keys/keys.tsx";
import { type EditedText, editText, reduceText, type TextAction, textOf, visibleText } from "../state/text-editing.ts";
import { wrapWords } from "../state/wrap-words.ts";
import { useTheme } from "../theme/theme.tsx";
import { Styled } from "./styled.tsx";

/** The characters a text can consist of; no other can be typed. */
export interface Characters {
  /** Matches one valid character. */
  readonly valid: RegExp;
  /** For the one who typed another: `a-z, 0-9 and -`. */
  readonly inWords: string;
}

export interface TextFieldProps {
  readonly label: string;
  /** For fields below each other, so that their values begin in one column. */
  readonly labelWidth?: number;
  readonly value: string;
  readonly focused: boolean;
  readonly width: number;
  /** What to enter, with an example; an error takes its place. */
  readonly hint?: string;
  readonly placeholder?: string;
  readonly characters?: Characters;
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
  const { value, focused, width, hint, placeholder = "", problem, characters, secret = false } = props;
  const label = `${props.label}: `.padEnd(props.labelWidth ?? 0);
  const { style } = useTheme();
  const latest = useRef<EditedText | undefined>(undefined);
  latest.current ??= editText(value);
  const [text, setText] = useState(latest.current);
  const [refused, setRefused] = useState(false);
  // Several keys may arrive before the field is drawn again.
  const now = (): EditedText => latest.current ?? text;
  const edit = (action: TextAction): void => {
    latest.current = reduceText(now(), action);
    setText(latest.current);
  };
  const change = (action: TextAction): void => {
    edit(action);
    setRefused(false);
    props.onChange?.(textOf(now()));
  };
  const insert = (input: string): void => {
    const line = sanitizeLine(input.replaceAll(/\s+/g, " "));
    const valid = characters === undefined ? line : [...line].filter((one) => characters.valid.test(one)).join("");
    if (valid !== "") change({ type: "insert", text: valid });
    setRefused(valid !== line);
  };
  const wrongNow = () => problem?.(textOf(now()));
  const leave = (go: (() => void) | undefined) => go && (() => (wrongNow() === undefined ? go() : undefined));
  const typed = textOf(text);
  const complaint = refused ? `Only ${characters?.inWords} can stand here` : problem?.(typed);
  useKeys(
    "text",
    focused
      ? {
          submit: () => (wrongNow() === undefined ? props.onSubmit(textOf(now())) : undefined),
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
          type: insert,
          paste: insert,
        }
      : undefined,
  );
  const shown = secret ? { ...text, characters: text.characters.map(() => "*") } : text;
  const { before, at, after } = visibleText(shown, Math.max(1, width - label.length - 1));
  const empty = typed === "" && placeholder !== "";
  return (
    <Box flexDirection="column" width={width}>
      <Box height={1}>
        <Styled as={focused ? "selected" : "plain"}>{label}</Styled>
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
        <Box paddingLeft={2}>
          <Styled as={complaint === undefined ? "muted" : "danger"} wrap="wrap">
            {wrapWords(complaint ?? hint ?? "", width - 2).join("\n") || " "}
          </Styled>
        </Box>
      ) : null}
    </Box>
  );
}
