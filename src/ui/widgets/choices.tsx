import { Box, Text } from "ink";
import SelectInput from "ink-select-input";
import { useIsHeard, useKeys } from "../keys/keys.tsx";
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

/** The keys of ink-select-input, which handles them itself; a test compares the two. */
const handledThere = { move: () => undefined, choose: () => undefined, number: () => undefined };

/** A few answers, one of which is taken; the numbers choose at once. */
export function Choices<V extends string>({ choices, initial, onChoose, onHighlight }: ChoicesProps<V>) {
  const heard = useIsHeard();
  useKeys("choices", handledThere);
  const labelWidth = Math.max(...choices.map(({ label }) => label.length));
  const first = choices.findIndex(({ value }) => value === initial);
  return (
    <SelectInput<V>
      items={choices.map((choice) => ({ ...choice, key: choice.value, label: choice.label.padEnd(labelWidth) }))}
      initialIndex={Math.max(0, first)}
      isFocused={heard}
      onSelect={({ value }) => onChoose(value)}
      {...(onHighlight === undefined ? {} : { onHighlight: ({ value }: { value: V }) => onHighlight(value) })}
      indicatorComponent={Pointer}
      itemComponent={ChoiceLine}
    />
  );
}

function Pointer({ isSelected = false }: { isSelected?: boolean }) {
  const { style, symbols } = useTheme();
  return (
    <Box width={2} flexShrink={0}>
      <Text {...style.selected}>{isSelected ? symbols.pointer : " "}</Text>
    </Box>
  );
}

interface ChoiceLineProps {
  isSelected?: boolean;
  label: string;
  note?: string;
  danger?: boolean;
}

function ChoiceLine({ isSelected = false, label, note, danger = false }: ChoiceLineProps) {
  const { style } = useTheme();
  return (
    <Text wrap="truncate-end">
      <Text {...(isSelected ? style.selected : danger ? style.danger : style.plain)}>{label}</Text>
      {note === undefined ? null : <Text {...style.muted}>{`  ${note}`}</Text>}
    </Text>
  );
}
