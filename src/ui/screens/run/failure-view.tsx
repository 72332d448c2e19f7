import { Box, Text } from "ink";
import { useState } from "react";
import { useKeys } from "../../keys/keys.tsx";
import type { ActiveRun } from "../../run/active-run.ts";
import { failureLines, failuresOf } from "../../run/failures.ts";
import { type FailureAnswer, headline, waysOn } from "../../run/outcome.ts";
import { wrapWords } from "../../state/wrap-words.ts";
import { useTheme } from "../../theme/theme.tsx";
import { Choices } from "../../widgets/choices.tsx";
import { Dialog } from "../../widgets/dialog.tsx";
import type { BodySize } from "../../widgets/frame.tsx";
import { Lines } from "../../widgets/lines.tsx";
import { Styled } from "../../widgets/styled.tsx";
import { usePages } from "./use-pages.ts";

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
  const [breaking, setBreaking] = useState(false);
  const failure = failures[index];
  const node = failure?.node;
  const answers = waysOn(run, node);
  const rows = Math.max(1, size.height - answers.length - 3);
  const log = run.end?.log;
  const told = failure === undefined ? (log === undefined ? [] : [`Log: ${log}`]) : failureLines(failure, log);
  const lines = told.flatMap((line) => wrapWords(line, size.width));
  const { top, where: page, toStart } = usePages(lines.length, rows);
  const show = (next: number) => () => {
    setIndex((next + failures.length) % failures.length);
    toStart();
  };
  useKeys("failure", {
    next: failures.length > 1 ? show(index + 1) : undefined,
    previous: failures.length > 1 ? show(index - 1) : undefined,
  });
  if (breaking) return <BreakLock size={size} onAnswer={onAnswer} onClose={() => setBreaking(false)} />;
  const where = [
    ...(failures.length > 1 ? [`${index + 1} of ${failures.length}`] : []),
    ...(page === "" ? [] : [page]),
  ].join(", ");
  return (
    <Box flexDirection="column" width={size.width} height={size.height} overflow="hidden">
      <Box height={1}>
        <Styled as="danger">{`${symbols.failed} ${headline(run)}`}</Styled>
        <Styled as="muted">{where === "" ? "" : `  ${where}`}</Styled>
      </Box>
      <Box flexDirection="column" height={rows} overflow="hidden">
        <Lines
          lines={lines.slice(top, top + rows)}
          styleOf={(line) => (top + line === 0 && failure !== undefined ? style.heading : style.plain)}
        />
      </Box>
      <Text> </Text>
      <Choices
        choices={answers}
        onChoose={(answer) => (answer === "break-lock" ? setBreaking(true) : onAnswer(answer, node))}
      />
      <Styled as="accent">{notice === "" ? " " : notice}</Styled>
    </Box>
  );
}

interface BreakLockProps extends Pick<FailureViewProps, "size" | "onAnswer"> {
  readonly onClose: () => void;
}

function BreakLock({ size, onAnswer, onClose }: BreakLockProps) {
  return (
    <Dialog
      {...size}
      danger
      footer={false}
      title="Take the lock away from the other run?"
      lines={[
        "Two runs that change a cluster at the same time can break it.",
        "Do it only when you know that the other run is dead.",
      ]}
      choices={[
        { value: "no", label: "No, leave it" },
        { value: "yes", label: "Yes, that run is dead", danger: true },
      ]}
      initial="no"
      onChoose={(answer) => (answer === "yes" ? onAnswer("break-lock", undefined) : onClose())}
      onClose={onClose}
    />
  );
}
