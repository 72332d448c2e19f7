/** What a step that is not satisfied does: make what is not there, or alter what is. */
export type ChangeKind = "create" | "change";

/** What a check saw: either the wanted state already holds, or what is missing. */
export type Verdict =
  | { readonly satisfied: true; readonly saw: string }
  | { readonly satisfied: false; readonly saw: string; readonly kind: ChangeKind; readonly danger?: string };

/** What goes with a verdict that something will be done. */
export interface Warning {
  /** Why an operator should think twice, given what was seen here; comes in place of the step's own `danger`. */
  readonly danger?: string | undefined;
}

/** The wanted state holds; `saw` says how one can tell. */
export function satisfied(saw: string): Verdict {
  return { satisfied: true, saw };
}

/** Something is missing and will be made; `saw` says what is there instead. */
export function missing(saw: string, warning: Warning = {}): Verdict {
  return unsatisfied("create", saw, warning);
}

/** Something is there but not as wanted and will be altered; `saw` says how it differs. */
export function differs(saw: string, warning: Warning = {}): Verdict {
  return unsatisfied("change", saw, warning);
}

function unsatisfied(kind: ChangeKind, saw: string, { danger }: Warning): Verdict {
  return { satisfied: false, saw, kind, ...(danger === undefined ? {} : { danger }) };
}

/** The inverse of a step, for taking away what it made. */
export interface Undo<Observation, Action extends Observation> {
  readonly title: string;
  /** Satisfied when nothing of the step is left. */
  check(context: Observation): Promise<Verdict>;
  apply(context: Action): Promise<void>;
}

/**
 * One named, checkable, repeatable change on one node or on the cluster.
 * `check` gets a context that can only look; `apply` gets one that can also change.
 */
export interface Step<Observation, Action extends Observation> {
  /** Stable and unique, `subject.name`; shown in the journal and used in `needs`. */
  readonly id: string;
  readonly title: string;
  /** "node": once on each node it is assigned to; "cluster": once. */
  readonly on: "node" | "cluster";
  /**
   * Ids of steps that must be done first: the instance on the same node if there is one, otherwise every instance.
   * An id that no step of the plan carries is no obstacle (a cluster without workers has no join to wait for).
   */
  readonly needs?: readonly string[];
  /** Milliseconds for check and apply together; 5 minutes unless told. */
  readonly deadline?: number;
  /** How many further attempts after a failed apply; none unless told. */
  readonly retries?: number;
  /**
   * Of all steps that carry the same name here, only one runs at a time, e.g. `control-plane-join`; others go on meanwhile.
   */
  readonly oneAtATime?: string;
  /** Why an operator should think twice whenever this step has something to do; a verdict may say it more precisely. */
  readonly danger?: string;
  check(context: Observation): Promise<Verdict>;
  apply(context: Action): Promise<void>;
  readonly undo?: Undo<Observation, Action>;
}
