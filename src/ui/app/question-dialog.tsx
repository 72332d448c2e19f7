import { useTerminalSize } from "../terminal/terminal.ts";
import { Dialog } from "../widgets/dialog.tsx";
import type { Waiting } from "./questions.ts";

/** The oldest question that waits for the person at the terminal. */
export function QuestionDialog({ waiting: { question, answer } }: { waiting: Waiting }) {
  const { columns, rows } = useTerminalSize();
  return (
    <Dialog
      title={question.title}
      lines={question.lines}
      danger={question.danger}
      choices={question.choices}
      initial={question.safe}
      width={columns}
      height={rows - 1}
      onChoose={answer}
      onClose={() => answer(question.safe)}
    />
  );
}
