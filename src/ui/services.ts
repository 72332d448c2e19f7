import type { RunEvent } from "../engine/events.ts";
import type { PreflightReport } from "../engine/findings.ts";
import type { Review } from "../engine/review.ts";
import type { Question } from "./app/questions.ts";
import type { RunEnd } from "./run/run-end.ts";
import type { StepHistory } from "./run/time-left.ts";
import type { PresetDraft } from "./wizard/draft.ts";
import type { LoginDraft, MachineDraft } from "./wizard/machines/machines.ts";
import type { WizardAction } from "./wizard/wizard-state.ts";

/** What the screens need of the rest of the program; the command line provides it. */
export interface Services {
  /** `0.1.0` */
  readonly version: string;
  /** Writes a preset to a file only its owner can read; never rejects but when aborted. */
  savePreset(preset: PresetToSave, signal?: AbortSignal): Promise<SavedPreset>;
  /** The clusters something is known of on this machine, by name. */
  clusters(): Promise<readonly KnownCluster[]>;
  /** How a cluster is right now; never asks anything. */
  health(cluster: KnownCluster, signal: AbortSignal): Promise<Health>;
  /** The kubeconfig of a cluster on this machine, whether it has been fetched or not. */
  kubeconfig(cluster: string): KubeconfigFile;
  /** The runs of a cluster, newest first. */
  runs(cluster: string): Promise<readonly KnownRun[]>;
  /** A run told again as text. @throws InstallerError `journal-unreadable` */
  replay(run: KnownRun): Promise<readonly string[]>;
  /** Reads a preset file into the wizard. @throws InstallerError `preset-invalid`, `preset-unreadable` */
  loadDraft(file: string, signal: AbortSignal): Promise<Extract<WizardAction, { readonly type: "load" }>>;
  /** Looks at every node and tells what a run would change, changing nothing. @throws InstallerError */
  foresee(request: RunRequest, tools: AskingTools): Promise<Foreseen>;
  /** Runs a command to its end; failures are part of the end, it never rejects. */
  run(request: RunRequest, tools: RunTools): Promise<RunEnd>;
  /** How long the steps of the cluster's earlier runs took. */
  stepHistory(cluster: string): Promise<StepHistory>;
  /** Opens a shell of root on a node, whatever run is under way. @throws InstallerError */
  shell(request: RunRequest, node: string, tools: Pick<AskingTools, "ask" | "signal">): Promise<NodeShell>;
  /** Logs in to a machine, becomes root and looks at it; failures are the result, it rejects only when ended. */
  testMachine(machine: MachineToTest, tools: Pick<AskingTools, "ask" | "signal">): Promise<TestedMachine>;
  /** A text file of reasonable size; relative paths count from the current folder. @throws InstallerError `usage` */
  readText(path: string, signal: AbortSignal): Promise<string>;
  /** Writes lines to a new file in the current folder; gives its path. @throws InstallerError */
  saveLines(name: string, lines: readonly string[]): Promise<string>;
}

/** Where a kubeconfig is, or would be. */
export interface KubeconfigFile {
  readonly path: string;
  readonly isThere: boolean;
}

/** A cluster as the records of this machine know it. */
export interface KnownCluster {
  readonly name: string;
  /** The preset it was last worked on with, when that is known and still there. */
  readonly presetFile?: string;
  /** The last one that changed something. */
  readonly lastRun?: KnownRun;
  /** How many runs are on record, with those that stopped before they changed anything or cannot be read. */
  readonly runsOnRecord?: number;
  /** What is said about a run that was broken off, when the last one was. */
  readonly interrupted?: string;
  /** Why its records cannot be read; nothing but its name is known then. */
  readonly problem?: string;
}

export interface KnownRun {
  readonly id: string;
  readonly cluster: string;
  readonly command: string;
  /** `ok`, `failed`, `broken off`, `running` … */
  readonly outcome: string;
  readonly started?: Date;
  readonly durationMs?: number;
  /** `12 changed, 7 satisfied` */
  readonly steps: string;
}

export interface Health {
  readonly state: "healthy" | "unhealthy" | "unknown";
  /** `3 of 3 nodes Ready`, or why it is not known. */
  readonly says: string;
}

/** What to do with which cluster. */
export interface RunRequest {
  readonly command: "install" | "destroy";
  readonly cluster: string;
  readonly presetFile: string;
  /** Names of the nodes it is limited to; the control planes are always among them. */
  readonly only?: readonly string[];
  /** Take away first what an interrupted run made; it goes on from there unless told. */
  readonly startOver?: boolean;
  /** Take the lock of the cluster away from whoever holds it. */
  readonly breakLock?: boolean;
}

/** A shell that waits for a terminal. */
export interface NodeShell {
  /** Connects it with the terminal this program left meanwhile, until it ends. @throws InstallerError `connection-lost` */
  attach(): Promise<void>;
}

/** For work that may have to ask the person at the terminal. */
export interface AskingTools {
  readonly ask: (question: Question, signal: AbortSignal) => Promise<string>;
  /** One line of progress or explanation. */
  readonly inform: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A machine as the wizard has it, with what is needed to log in. */
export interface MachineToTest {
  /** Host keys are kept by cluster. */
  readonly cluster: string;
  readonly machine: MachineDraft;
  readonly sharedLogin: LoginDraft;
  /** What relative paths count from; the current folder when undefined. */
  readonly folder: string | undefined;
}

export type TestedMachine =
  | {
      readonly state: "fine";
      /** `Debian GNU/Linux 12 (bookworm)` */
      readonly os: string;
      readonly cpus: number;
      readonly memoryBytes: number;
    }
  | {
      readonly state: "failed";
      readonly message: string;
      readonly likelyCause?: string;
      readonly next: readonly string[];
    };

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
