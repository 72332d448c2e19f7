/** How somebody looks at a log. */
export interface LogView {
  /** The number of the last line shown; absent while the newest line is followed. */
  readonly bottom?: number;
  readonly filter: string;
  readonly wrap: boolean;
  /** How many cells of each line are left out on the left; none while lines are wrapped. */
  readonly from: number;
  /** What all nodes say instead of one. */
  readonly all: boolean;
}

export const freshLogView: LogView = { filter: "", wrap: false, from: 0, all: false };

/** The room a log has on the screen. */
export interface LogRoom {
  readonly rows: number;
  readonly width: number;
}
