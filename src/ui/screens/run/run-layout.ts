/** Which panels there are, in the order in which Tab visits them. */
export const panels = ["tasks", "nodes", "log"] as const;
export type PanelName = (typeof panels)[number];

export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** How the space below the progress line is shared: side by side where there is room, else below each other. */
export function layOut({ width, height }: PanelSize, nodes: number, full: PanelName | undefined) {
  const none = { width: 0, height: 0 };
  if (full !== undefined) {
    const sizes: Record<PanelName, PanelSize> = { tasks: none, nodes: none, log: none };
    sizes[full] = { width, height };
    return { sideBySide: false, sizes };
  }
  if (width >= 110) {
    const left = Math.floor(width * 0.36);
    const right = width - left - 1;
    const nodeRows = Math.min(nodes + 1, Math.floor(height / 2));
    return {
      sideBySide: true,
      sizes: {
        tasks: { width: left, height },
        nodes: { width: right, height: nodeRows },
        log: { width: right, height: height - nodeRows },
      },
    };
  }
  const nodeRows = Math.min(nodes + 1, Math.max(3, Math.floor(height * 0.3)));
  const taskRows = Math.max(3, Math.floor((height - nodeRows) / 2));
  return {
    sideBySide: false,
    sizes: {
      tasks: { width, height: taskRows },
      nodes: { width, height: nodeRows },
      log: { width, height: height - nodeRows - taskRows },
    },
  };
}

/** The panel `by` places further on. */
export function panelAfter(panel: PanelName, by: 1 | -1): PanelName {
  return panels[(panels.indexOf(panel) + by + panels.length) % panels.length] ?? panel;
}
