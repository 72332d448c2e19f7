import type { Bundle } from "../bundle/manifest.ts";
import type { Secret } from "../engine/secret.ts";
import type { Step } from "../engine/step.ts";
import type { Observed } from "../engine/time.ts";
import type { Facts } from "../facts/facts.ts";
import type { ClusterSpec } from "../preset/cluster-spec.ts";
import type { Command, CommandResult } from "../ssh/transport.ts";
import type { Machine } from "../topology/machine.ts";

export interface CommandOptions {
  readonly stdin?: string | Buffer | Secret;
  /** Exit codes besides 0 that are no failure. */
  readonly allow?: readonly number[];
  /** How many bytes of the output are kept, the last ones; 1 MiB unless told. */
  readonly keep?: number;
  /** For taking away what a step made only for its own use: runs also after the step was ended, for half a minute, or a second when the operator aborted it. */
  readonly evenWhenEnded?: boolean;
}

/** A node one can only look at; commands run as root. */
export interface ObservedNode {
  readonly machine: Machine;
  readonly name: string;
  readonly facts: Facts;
  /** Runs a command that changes nothing. @throws InstallerError `command-failed` */
  read(command: Command, options?: CommandOptions): Promise<CommandResult>;
  /** The content of a text file, or undefined when there is none. */
  readFile(path: string): Promise<string | undefined>;
}

/** A node one can also change; every method says in words what it changes. */
export interface ChangeableNode extends ObservedNode {
  /** Runs a command that changes the node; its output lines go to the step's log. @throws InstallerError `command-failed` */
  change(what: string, command: Command, options?: CommandOptions): Promise<CommandResult>;
  /** Writes a file atomically, owned by root; parent directories are made. */
  writeFile(path: string, content: string | Buffer | Secret, options?: { mode?: number }): Promise<void>;
  /** Runs a command that changes the node with a local file as its input, which must have the given sha256. */
  feed(what: string, localPath: string, sha256: string, command: Command): Promise<CommandResult>;
  /** Copies a local file to the node, checked by its sha256 there before it gets its name. */
  upload(localPath: string, path: string, options?: { mode?: number; sha256?: string }): Promise<void>;
}

interface Common {
  readonly spec: ClusterSpec;
  /** Present when binaries and images come from a bundle. */
  readonly bundle?: Bundle;
  readonly signal: AbortSignal;
  /** One line into the step's log. */
  readonly log: (line: string) => void;
  /** Waits for a condition with a deadline in milliseconds; what was last seen goes into the log and the error. */
  readonly until: <T>(what: string, deadline: number, look: () => Promise<Observed<T>>) => Promise<T>;
  /** Does something for each of many nodes or the like, not more of them at once than the run has steps at once. */
  readonly each: <T, R>(entries: readonly T[], act: (entry: T) => Promise<R>) => Promise<readonly R[]>;
}

/** What a check gets: it can look, not touch. */
export interface Observation extends Common {
  /** The node the step is for; the first control plane for a step on the cluster. */
  readonly node: ObservedNode;
  readonly nodes: readonly ObservedNode[];
  /** The machines of `nodes`: all that is needed to know who is there, at no cost. */
  readonly machines: readonly Machine[];
  readonly firstControlPlane: ObservedNode;
}

/** What an apply gets. */
export interface Action extends Observation {
  readonly node: ChangeableNode;
  readonly nodes: readonly ChangeableNode[];
  readonly firstControlPlane: ChangeableNode;
}

export type ClusterStep = Step<Observation, Action>;

/** Gives a step its type where it is written. */
export function step(definition: ClusterStep): ClusterStep {
  return definition;
}
