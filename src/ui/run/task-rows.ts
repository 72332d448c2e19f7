import type { TaskLine } from "./task-instances.ts";

/** One line of the steps as they are shown: a step, or a node below it. */
export interface TaskRow {
  readonly line: TaskLine;
  /** The step that is opened and closed here: the line's own or the one it is below. */
  readonly step: string;
  readonly depth: 0 | 1;
  readonly open: boolean;
}

/** The steps with the nodes of those that are open: failed ones unless they were closed, others when they were opened. */
export function taskRows(lines: readonly TaskLine[], toggled: ReadonlySet<string>): readonly TaskRow[] {
  return lines.flatMap((line): TaskRow[] => {
    const open = (line.state === "failed") !== toggled.has(line.id);
    const below = open
      ? line.children.map((child) => ({ line: child, step: line.id, depth: 1 as const, open: false }))
      : [];
    return [{ line, step: line.id, depth: 0, open }, ...below];
  });
}

/** The row of the first failure, else of the step that got furthest; undefined before anything runs. */
export function worthLookingAt(rows: readonly TaskRow[]): number | undefined {
  const failed = rows.findIndex(({ line, depth }) => line.state === "failed" && (depth === 1 || !hasChildren(line)));
  if (failed !== -1) return failed;
  const running = rows.findLastIndex(({ line }) => line.state === "running");
  if (running !== -1) return running;
  const ended = rows.findLastIndex(({ line }) => line.state === "done");
  return ended === -1 ? undefined : ended;
}

function hasChildren({ children }: TaskLine): boolean {
  return children.length > 0;
}
