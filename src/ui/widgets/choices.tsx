import { Box, Text } from "ink";
import { useKeys } from "../keys/keys.tsx";
import { useLatest } from "../state/use-latest.ts";
import { useTheme } from "../theme/theme.tsx";

export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
  /** One line beside the label. */
  readonly note?: string;
  readonly danger?: boolean;
}

export interface ChoicesProps<V extends string> {
  readonly choices: readonly Choice<V>[];
  /** Where the focus is at first: the safe or the usual answer. */
  readonly initial?: V;
  readonly onChoose: (value: V) => void;
  readonly onHighlight?: (value: V) => void;
}

/** A few answers, one of which is taken; going on behind the last one begins at the first. */
export function Choices<V extends string>({ choices, initial, onChoose, onHighlight }: ChoicesProps<V>) {
  const at = useLatest(
    Math.max(
      0,
      choices.findIndex(({ value }) => value === initial),
    ),
  );
  const indexIn = (index: number) => Math.min(index, choices.length - 1);
  const go = (to: number) => {
    at.set(to);
    const highlighted = choices[to];
    if (highlighted !== undefined) onHighlight?.(highlighted.value);
  };
  const move = (by: number) => () => go((indexIn(at.now()) + by + choices.length) % choices.length);
  useKeys("choices", {
    previous: move(-1),
    next: move(1),
    first: () => go(0),
    last: () => go(choices.length - 1),
    choose: () => {
      const chosen = choices[indexIn(at.now())];
      if (chosen !== undefined) onChoose(chosen.value);
    },
  });
  const labelWidth = Math.max(...choices.map(({ label }) => label.length));
  return (
    <Box flexDirection="column">
      {choices.map((choice, index) => (
        <ChoiceLine key={choice.value} choice={choice} labelWidth={labelWidth} selected={index === indexIn(at.shown)} />
      ))}
    </Box>
  );
}

interface ChoiceLineProps {
  readonly choice: Choice<string>;
  readonly labelWidth: number;
  readonly selected: boolean;
}

function ChoiceLine({ choice: { label, note, danger = false }, labelWidth, selected }: ChoiceLineProps) {
  const { style, symbols } = useTheme();
  return (
    <Text wrap="truncate-end">
      <Text {...style.selected}>{selected ? `${symbols.pointer} ` : "  "}</Text>
      <Text {...(selected ? style.selected : danger ? style.danger : style.plain)}>{label.padEnd(labelWidth)}</Text>
      {note === undefined ? null : <Text {...style.muted}>{`  ${note}`}</Text>}
    </Text>
  );
}
