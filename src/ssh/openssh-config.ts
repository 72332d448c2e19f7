import { setMaxListeners } from "node:events";
import { InstallerError, toInstallerError } from "../engine/errors.ts";
import { runLocal } from "../engine/local-command.ts";
import { seconds } from "../engine/time.ts";

/** What OpenSSH's own configuration says about one host: option name in lower case → its values in order. */
export type OpensshConfig = ReadonlyMap<string, readonly string[]>;

export interface OpensshQuestion {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  /** Another file in place of ~/.ssh/config and the system-wide one. */
  readonly configFile?: string;
  readonly signal: AbortSignal;
}

/**
 * Asks `ssh -G` what ~/.ssh/config and /etc/ssh/ssh_config mean for a host, so that Include, Match, globs and tokens
 * count exactly as for ssh itself. Undefined when OpenSSH's client is not installed here.
 * @see https://man.openbsd.org/ssh.1#G
 * @throws InstallerError `ssh-config-invalid`
 */
export async function readOpensshConfig(question: OpensshQuestion): Promise<OpensshConfig | undefined> {
  const { host, user, port, configFile, signal } = question;
  const options = [
    ...(configFile === undefined ? [] : ["-F", configFile]),
    ...(user === undefined ? [] : ["-l", user]),
    ...(port === undefined ? [] : ["-p", String(port)]),
  ];
  setMaxListeners(0, signal);
  try {
    const { stdout } = await runLocal("ssh", ["-G", ...options, "--", host], { signal, deadline: seconds(20) });
    return parseOpensshConfig(stdout);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const { message, cause, details } = toInstallerError(thrown);
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw invalid(host, details.output ?? message, thrown);
  }
}

/** Reads what `ssh -G` printed. */
export function parseOpensshConfig(output: string): OpensshConfig {
  const config = new Map<string, string[]>();
  for (const line of output.split("\n")) {
    const [, name, value] = /^(\S+) (.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const values = config.get(name);
    if (values === undefined) config.set(name, [value]);
    else values.push(value);
  }
  return config;
}

function invalid(host: string, output: string, cause: unknown): InstallerError {
  return new InstallerError("ssh-config-invalid", {
    message: `OpenSSH cannot read its configuration for ${host}.`,
    output,
    nextSteps: [`Correct ~/.ssh/config until \`ssh -G ${host}\` works.`],
    cause,
  });
}
