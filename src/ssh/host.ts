import type { Secret } from "../engine/secret.ts";
import type { Command, CommandResult, ExecuteOptions, Transport, UploadOptions } from "./transport.ts";

export interface HostCommandOptions extends Pick<ExecuteOptions, "signal" | "onLine" | "onData" | "keep"> {
  /** Up to a few MiB; hand larger things over as files. */
  readonly stdin?: string | Buffer | Secret;
  /** Exit codes besides 0 that are no failure. */
  readonly allow?: readonly number[];
  /** Goes past all commands that wait for their turn, on a channel of its own where the server grants one. */
  readonly urgent?: boolean;
}

export interface WriteFileOptions {
  readonly signal: AbortSignal;
  /** Octal permission bits; 0o644 unless told. */
  readonly mode?: number;
  /** `user` or `user:group`; root:root unless told. */
  readonly owner?: string;
}

export interface FeedOptions extends Pick<HostCommandOptions, "signal" | "onLine"> {
  /** The lower-case hex digest the local file must have. */
  readonly sha256: string;
}

/** A machine as root sees it: what steps use. Every method throws InstallerErrors that name the machine. */
export interface Host {
  readonly name: string;
  readonly transport: Transport;
  /** Opens the first root shell. @throws InstallerError `sudo-refused` */
  becomeRoot(options: { signal: AbortSignal }): Promise<void>;
  /** Runs a command that may change something; it is never repeated. @throws InstallerError `command-failed` */
  run(command: Command, options: HostCommandOptions): Promise<CommandResult>;
  /** Runs a command that only looks; it may be repeated when the connection hiccups. @throws InstallerError `command-failed` */
  read(command: Command, options: HostCommandOptions): Promise<CommandResult>;
  /** The content of a text file of at most 16 MiB, or undefined when there is none. */
  readFile(path: string, options: { signal: AbortSignal }): Promise<string | undefined>;
  /** Writes a file atomically (`PATH.part`, flushed, renamed); parent directories are made. */
  writeFile(path: string, content: string | Buffer | Secret, options: WriteFileOptions): Promise<void>;
  /** Copies a local file to `path`, owned by root, once its sha256 on the node is right. */
  upload(localPath: string, path: string, options: UploadOptions): Promise<void>;
  /** Runs a command with a local file of any size as its input. @throws InstallerError `command-failed`, `upload-damaged` */
  feed(localPath: string, command: Command, options: FeedOptions): Promise<CommandResult>;
  /** Copies a file of the node, readable to root, to a local path (0600 unless told). */
  download(path: string, localPath: string, options: { signal: AbortSignal; mode?: number }): Promise<void>;
  close(): Promise<void>;
}
