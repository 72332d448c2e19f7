import type { Path } from "./path.ts";

/** What is wrong with one value, without saying where it stands. */
export interface Complaint {
  readonly message: string;
  readonly allowed?: string;
  readonly hint?: string;
}

/** Says what is wrong with a text, or nothing when it is right. */
export type TextCheck = (text: string) => Complaint | undefined;

/** A stretch of the source text by offset; `end` is the first character behind it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A complaint about the value at a path; the source turns it into a problem with line and column. */
export interface Finding extends Complaint {
  readonly severity: "error" | "warning";
  readonly path: Path;
  /** Underline the key rather than the value. */
  readonly onKey?: boolean;
  /** Where it stands, when the path alone does not tell. */
  readonly span?: Span;
}
