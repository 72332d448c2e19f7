import type { RunEvent } from "../engine/events.ts";
import type { PreflightReport } from "../engine/findings.ts";
import type { Review } from "../engine/review.ts";
import type { Question } from "./app/questions.ts";
import type { RunEnd } from "./run/run-end.ts";
import type { StepHistory } from "./run/time-left.ts";
import type { PresetDraft } from "./wizard/draft.ts";

/** What the screens need of the rest of the program; the command line provides it. */
export interface Services {
  /** `0.1.0` */
  readonly version: string;
  /** Writes a preset to a file only its owner can read; never rejects but when aborted. */
  savePreset(preset: PresetToSave, signal?: AbortSignal): Promise<SavedPreset>;
  /** Looks at every node and tells what a run would change, changing nothing. @throws InstallerError */
  foresee(request: RunRequest, tools: AskingTools): Promise<Foreseen>;
  /** Runs a command to its end; failures are part of the end, it never rejects. */
  run(request: RunRequest, tools: RunTools): Promise<RunEnd>;
  /** How long the steps of the cluster's earlier runs took. */
  stepHistory(cluster: string): Promise<StepHistory>;
  /** A root shell on a node, on the terminal this program left meanwhile. @throws InstallerError */
  shell(request: RunRequest, node: string, signal: AbortSignal): Promise<void>;
  /** Writes lines to a new file in the current folder; gives its path. @throws InstallerError */
  saveLines(name: string, lines: readonly string[]): Promise<string>;
}

/** What to do with which cluster. */
export interface RunRequest {
  readonly command: "install" | "destroy";
  readonly cluster: string;
  readonly presetFile: string;
  /** Nodes to leave out of this run. */
  readonly without?: readonly string[];
}

/** For work that may have to ask the person at the terminal. */
export interface AskingTools {
  readonly ask: (question: Question, signal: AbortSignal) => Promise<string>;
  /** One line of progress or explanation. */
  readonly inform: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface RunTools extends AskingTools {
  readonly emit: (event: RunEvent) => void;
  /** Lets running steps end and starts no more. */
  readonly stop: AbortSignal;
}

/** A node as a plan knows it. */
export interface ForeseenNode {
  readonly name: string;
  readonly roles: readonly string[];
}

/** What a run would change. */
export interface Foreseen {
  readonly nodes: readonly ForeseenNode[];
  readonly review: Review;
  readonly preflight?: PreflightReport;
}

export interface PresetToSave {
  /** Without secrets, complete or not. */
  readonly draft: PresetDraft;
  /** What relative paths in it count from until now; the current folder when undefined. */
  readonly folder: string | undefined;
  /** As the person typed it; without it, the place where the cluster's own things are kept, whatever is there. */
  readonly path?: string;
  readonly overwrite?: boolean;
}

export type SavedPreset =
  | { readonly outcome: "saved"; readonly path: string }
  /** Nothing was written, because there is a file already. */
  | { readonly outcome: "exists"; readonly path: string }
  | { readonly outcome: "failed"; readonly reason: string };
