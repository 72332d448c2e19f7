import { useMemo, useState } from "react";
import { useApp } from "../../app/app-model.tsx";
import { saveLines } from "../../run/answer-failure.ts";
import { createLineBuffer } from "../../run/line-buffer.ts";
import { freshLogView, type LogView } from "../../run/log-look.ts";
import { printable } from "../../state/printable-value.ts";
import { LogPanel } from "../run/log-panel.tsx";

export interface ToldRunProps {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** A run told again: its lines scroll, also sideways, can be searched and saved. */
export function ToldRun({ lines, width, height }: ToldRunProps) {
  const app = useApp();
  const [view, setView] = useState<LogView>({ ...freshLogView, bottom: height - 2 });
  const [notice, setNotice] = useState("");
  const buffer = useMemo(() => {
    const made = createLineBuffer(Math.max(1, lines.length));
    for (const line of lines) made.push(printable(line));
    return made;
  }, [lines]);
  return (
    <LogPanel
      name={notice === "" ? "What was done" : notice}
      lines={buffer}
      view={view}
      onView={setView}
      onSave={(saved) => void saveLines(app, "run", saved).then(setNotice)}
      focused
      live={false}
      width={width}
      height={height}
    />
  );
}
