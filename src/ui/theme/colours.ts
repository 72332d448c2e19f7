/** What a colour means; parts of the screen name the meaning, never the colour. */
export type Meaning =
  | "accent"
  | "selected"
  | "ok"
  | "changed"
  | "running"
  | "warning"
  | "danger"
  | "muted"
  | "heading"
  | "plain";

export interface Style {
  readonly color?: string;
  readonly dimColor?: boolean;
  readonly bold?: boolean;
  readonly inverse?: boolean;
}

/**
 * Blue, orange and yellow stay apart for people who see red and green alike; a symbol always says the same.
 * @see https://jfly.uni-koeln.de/color/ (Okabe and Ito)
 */
export const colourful: Readonly<Record<Meaning, Style>> = {
  accent: { color: "#56b4e9" },
  selected: { color: "#56b4e9", bold: true },
  ok: { color: "#009e73" },
  changed: { color: "#56b4e9" },
  running: { color: "#f0e442" },
  warning: { color: "#e69f00" },
  danger: { color: "#d55e00", bold: true },
  muted: { dimColor: true },
  heading: { bold: true },
  plain: {},
};

/** Without colours, weight alone. */
export const colourless: Readonly<Record<Meaning, Style>> = {
  accent: {},
  selected: { bold: true },
  ok: {},
  changed: {},
  running: {},
  warning: { bold: true },
  danger: { bold: true },
  muted: {},
  heading: { bold: true },
  plain: {},
};
