import { Box, Text } from "ink";
import { useState } from "react";
import type { ActiveRun } from "../../run/active-run.ts";
import { failureLines, failuresOf } from "../../run/failures.ts";
import { useTheme } from "../../theme/theme.tsx";
import { type Choice, Choices } from "../../widgets/choices.tsx";
import type { BodySize } from "../../widgets/frame.tsx";
import { Lines } from "../../widgets/lines.tsx";
import { Styled } from "../../widgets/styled.tsx";

export type FailureAnswer = "retry" | "skip" | "shell" | "report" | "next" | "home" | "quit";

export interface FailureViewProps {
  readonly run: ActiveRun;
  readonly size: BodySize;
  /** What came of the last answer. */
  readonly notice: string;
  readonly onAnswer: (answer: FailureAnswer, node: string | undefined) => void;
}

/** What failed, where and why, and what one can do now. */
export function FailureView({ run, size, notice, onAnswer }: FailureViewProps) {
  const { style, symbols } = useTheme();
  const failures = failuresOf(run);
  const [index, setIndex] = useState(0);
  const failure = failures[index];
  const node = failure?.node;
  const answers = answersFor(run, node, failures.length);
  const rows = size.height - answers.length - 4;
  const outcome = run.model.summary?.outcome;
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <Text {...style.danger} wrap="truncate-end">
        {`${symbols.failed} ${headline(outcome, failures.length)}`}
        {failures.length > 1 ? ` (${index + 1} of ${failures.length})` : ""}
      </Text>
      <Box flexDirection="column" height={rows} overflow="hidden" marginBottom={1}>
        {failure === undefined ? null : (
          <Lines
            lines={failureLines(failure)}
            wrap="wrap"
            styleOf={(line) => (line === 0 ? style.heading : style.plain)}
          />
        )}
      </Box>
      <Styled as="muted">{run.end?.log === undefined ? " " : `Log: ${run.end.log}`}</Styled>
      <Choices
        choices={answers}
        initial="retry"
        onChoose={(answer) => {
          if (answer === "next") setIndex((index + 1) % failures.length);
          else onAnswer(answer, node);
        }}
      />
      <Styled as="accent">{notice === "" ? " " : notice}</Styled>
    </Box>
  );
}

function headline(outcome: string | undefined, count: number): string {
  if (outcome === "partial") return "Some nodes were set aside, the rest is done";
  if (outcome === "interrupted") return "The run was interrupted";
  return count > 1 ? `${count} things failed` : "The run failed";
}

function answersFor(run: ActiveRun, node: string | undefined, failures: number): readonly Choice<FailureAnswer>[] {
  const canSkip = node !== undefined && !(run.model.node(node)?.roles ?? []).includes("control-plane");
  return [
    { value: "retry", label: "Retry", note: "goes on where it stopped; what is done stays done" },
    ...(canSkip ? [{ value: "skip" as const, label: `Go on without ${node}`, note: "a later run picks it up" }] : []),
    ...(node === undefined ? [] : [{ value: "shell" as const, label: `Shell on ${node}` }]),
    ...(failures > 1 ? [{ value: "next" as const, label: "Next failure" }] : []),
    { value: "report", label: "Save report", note: "without secrets" },
    { value: "home", label: "Back to the start" },
    { value: "quit", label: "Leave" },
  ];
}
