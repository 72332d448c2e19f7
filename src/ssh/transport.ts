import type { Readable, Writable } from "node:stream";
import type { Secret } from "../engine/secret.ts";
import type { Command } from "./shell.ts";

export type { Command } from "./shell.ts";

export type OutputStream = "stdout" | "stderr";

export interface ExecuteOptions {
  readonly signal: AbortSignal;
  /** Text, bytes, a stream or a secret for the command's standard input; closed after it. Nothing unless told. */
  readonly stdin?: string | Buffer | Readable | Secret;
  /** Called for each complete line as it arrives, decoded and without its line end. */
  readonly onLine?: (line: string, stream: OutputStream) => void;
  /** Called with the bytes as they arrive, for output that is no text. */
  readonly onData?: (chunk: Buffer, stream: OutputStream) => void;
  /** Bytes kept of each stream in the result, the last ones; 1 MiB unless told. */
  readonly keep?: number;
}

export interface CommandResult {
  /** Null when a signal ended the command. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a remote process ended. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** A command running on the machine, with its streams open. Both outputs must be read, or it never ends. */
export interface RemoteProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves once it has ended and both outputs have been read. @throws InstallerError `connection-lost` */
  readonly ended: Promise<ProcessEnd>;
  /** Gives the channel up, whatever the process does. */
  close(): void;
}

export interface SpawnOptions {
  readonly signal: AbortSignal;
  /** Does not wait for one of the places of the connection; for the short command that ends another one. */
  readonly urgent?: boolean;
  /** Fails at once when the server grants no further channel, instead of trying again for a while. */
  readonly impatient?: boolean;
}

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Octal permission bits of the file; 0o644 unless told. */
  readonly mode?: number;
  /** The lower-case hex digest the file must have on the node; computed from the source unless told. */
  readonly sha256?: string;
  readonly onProgress?: (sentBytes: number, totalBytes: number) => void;
}

/** Where a tunnel leads, seen from the node: a TCP address or a unix socket. */
export type TunnelTarget = { readonly host: string; readonly port: number } | { readonly socketPath: string };

export interface Tunnel {
  /** The local end: a port on 127.0.0.1, or a socket in a directory only this user can enter. */
  readonly local: { readonly port: number } | { readonly socketPath: string };
  close(): Promise<void>;
}

/** One way to reach a machine. Commands run as the login user; becoming root is the business of `Host`. */
export interface Transport {
  /** Starts a command. @throws InstallerError `no-channel`, `connection-lost`, and those of connecting anew */
  spawn(command: Command, options: SpawnOptions): Promise<RemoteProcess>;
  /** Runs a command to its end. An aborted signal ends it there (TERM, then KILL) before the promise is rejected. */
  execute(command: Command, options: ExecuteOptions): Promise<CommandResult>;
  /** Writes `PATH.part`, compares its sha256 on the node, then renames it to `PATH`. */
  upload(source: string | Buffer, remotePath: string, options: UploadOptions): Promise<void>;
  download(remotePath: string, localPath: string, options: { signal: AbortSignal; mode?: number }): Promise<void>;
  tunnel(target: TunnelTarget, options: { signal: AbortSignal; unixSocket?: boolean }): Promise<Tunnel>;
  close(): Promise<void>;
}
