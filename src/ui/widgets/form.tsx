import { Box } from "ink";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useKeys } from "../keys/keys.tsx";
import { fitWindow } from "../state/window.ts";
import { useTheme } from "../theme/theme.tsx";
import { afterAnswer, firstRow, focusedIndex, moveFocus } from "./form-focus.ts";
import { Styled } from "./styled.tsx";
import { type Characters, TextField } from "./text-field.tsx";

interface Row {
  readonly id: string;
  readonly label: string;
}

export interface TextRow extends Row {
  readonly kind: "text";
  readonly value: string;
  readonly hint?: string;
  readonly placeholder?: string;
  /** Taken when nothing was typed. */
  readonly suggestion?: string;
  readonly characters?: Characters;
  readonly problem?: (text: string) => string | undefined;
  readonly onChange: (text: string) => void;
  /** Besides going to the next line. */
  readonly onTake?: (text: string) => void;
}

export interface OptionRow extends Row {
  readonly kind: "option";
  readonly note?: string;
  readonly marked: boolean;
  readonly onTake: () => void;
}

export interface ActionRow extends Row {
  readonly kind: "action";
  readonly note?: string;
  readonly onTake: () => void;
}

/** A line one only reads. */
export interface TitleRow extends Row {
  readonly kind: "title";
}

export type FormRow = TextRow | OptionRow | ActionRow | TitleRow;

export interface FormProps {
  readonly rows: readonly FormRow[];
  readonly width: number;
  readonly height: number;
  /** Fields begin anew with the values given when this changes. */
  readonly edition?: number;
  /** When the last line was taken. */
  readonly onDone: () => void;
  readonly onFocus?: (id: string) => void;
}

/** What a hint or a complaint takes at most. */
const hintLines = 2;

/** How many lines a form takes when there is room. */
export function formHeight(rows: readonly FormRow[]): number {
  return rows.length + (rows.some(({ kind }) => kind === "text") ? hintLines : 0);
}

/** Lines to fill in, one below the other; every change is told at once, so that leaving at any time loses nothing. */
export function Form({ rows, width, height, edition = 0, onDone, onFocus }: FormProps) {
  const [focus, setFocus] = useState(() => firstRow(rows));
  const [answered, setAnswered] = useState<string>();
  const index = focusedIndex(rows, focus);
  const focused = rows[index];
  // Several keys may arrive before the form is drawn again.
  const latest = useRef(focus);
  latest.current = focused?.id;
  const move = (by: 1 | -1) => () => {
    latest.current = moveFocus(rows, focusedIndex(rows, latest.current), by) ?? latest.current;
    setFocus(latest.current);
  };
  useLayoutEffect(() => {
    if (answered === undefined) return;
    setAnswered(undefined);
    const next = afterAnswer(rows, answered);
    if (next === undefined) onDone();
    else setFocus(next);
  }, [answered, rows, onDone]);
  useEffect(() => {
    if (focused !== undefined) onFocus?.(focused.id);
  }, [focused, onFocus]);
  const take = (row: FormRow | undefined): void => {
    if (row?.kind === "option") {
      row.onTake();
      setAnswered(row.id);
    } else if (row?.kind === "action") row.onTake();
  };
  useKeys("form", {
    next: move(1),
    previous: move(-1),
    choose: focused?.kind === "text" ? undefined : () => take(rows.find(({ id }) => id === latest.current)),
  });
  const labelWidth = Math.max(0, ...rows.map(({ kind, label }) => (kind === "text" ? label.length + 2 : 0)));
  const noteAt = Math.max(0, ...rows.map((row) => ("note" in row ? row.label.length : 0)));
  const { top } = fitWindow(
    { cursor: index, top: 0 },
    {
      count: rows.length,
      height: height - formHeight(rows) + rows.length,
    },
  );
  return (
    <Box flexDirection="column" width={width} height={Math.min(height, formHeight(rows))} overflow="hidden">
      {rows.slice(top, top + height).map((row) =>
        row.kind === "text" ? (
          <Box key={`${row.id} ${edition}`} paddingLeft={2} flexShrink={0}>
            <TextField
              {...row}
              labelWidth={labelWidth}
              width={width - 2}
              focused={row === focused}
              onSubmit={(text) => {
                const taken = text === "" ? (row.suggestion ?? "") : text;
                if (taken !== text) row.onChange(taken);
                row.onTake?.(taken);
                setAnswered(row.id);
              }}
            />
          </Box>
        ) : (
          <FormLine key={row.id} row={row} focused={row === focused} noteAt={noteAt} width={width} />
        ),
      )}
    </Box>
  );
}

interface FormLineProps {
  readonly row: Exclude<FormRow, TextRow>;
  readonly focused: boolean;
  /** How wide the labels are that notes stand beside. */
  readonly noteAt: number;
  readonly width: number;
}

function FormLine({ row, focused, noteAt, width }: FormLineProps) {
  const { symbols } = useTheme();
  const mark = row.kind === "option" ? `${row.marked ? symbols.marked : symbols.unmarked} ` : "";
  const note = row.kind === "title" ? undefined : row.note;
  return (
    <Box height={1} width={width} flexShrink={0}>
      <Box width={2} flexShrink={0}>
        <Styled as="selected">{focused ? symbols.pointer : " "}</Styled>
      </Box>
      <Box flexShrink={0}>
        <Styled
          as={focused ? "selected" : row.kind === "title" ? "muted" : "plain"}
        >{`${mark}${note === undefined ? row.label : row.label.padEnd(noteAt)}`}</Styled>
      </Box>
      {note === undefined ? null : <Styled as="muted">{`  ${note}`}</Styled>}
    </Box>
  );
}
