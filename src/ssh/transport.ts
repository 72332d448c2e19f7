import type { Secret } from "../engine/secret.ts";
import type { Command } from "./shell.ts";

export type { Command } from "./shell.ts";

export interface ExecuteOptions {
  readonly signal: AbortSignal;
  /** Text, bytes or a secret for the command's standard input; closed after it. Nothing unless told. */
  readonly stdin?: string | Buffer | Secret;
  /** Called for each complete line as it arrives, decoded and without its line end. */
  readonly onLine?: (line: string, stream: "stdout" | "stderr") => void;
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
  execute(command: Command, options: ExecuteOptions): Promise<CommandResult>;
  /** Writes `PATH.part`, compares its sha256 on the node, then renames it to `PATH`. */
  upload(source: string | Buffer, remotePath: string, options: UploadOptions): Promise<void>;
  download(remotePath: string, localPath: string, options: { signal: AbortSignal; mode?: number }): Promise<void>;
  tunnel(target: TunnelTarget, options: { signal: AbortSignal; unixSocket?: boolean }): Promise<Tunnel>;
  close(): Promise<void>;
}
