import type { Duplex } from "node:stream";
import type { Client, ClientChannel } from "ssh2";
import { InstallerError } from "../engine/errors.ts";
import type { Secret } from "../engine/secret.ts";
import { seconds } from "../engine/time.ts";
import type { Connection } from "./connection.ts";
import { orAbort } from "./or-abort.ts";
import { readUntil } from "./read-until.ts";
import { type Command, sh } from "./shell.ts";
import { forAnyShell } from "./ssh2-transport.ts";
import { sudoRefused, wrongSudoPassword } from "./sudo-errors.ts";
import type { ProcessEnd } from "./transport.ts";

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface TerminalOptions {
  readonly signal: AbortSignal;
  readonly size: TerminalSize;
  /** What kind of terminal it is for the programs there: `xterm-256color`. */
  readonly kind: string;
}

/** An interactive shell of root on a machine, with a terminal of its own there. */
export interface RemoteTerminal {
  /** What is typed goes in, what is to be shown comes out, control sequences and all. */
  readonly stream: Duplex;
  /** Resolves when the shell was left. @throws InstallerError `connection-lost` */
  readonly ended: Promise<ProcessEnd>;
  resize(size: TerminalSize): void;
  close(): Promise<void>;
}

const beginPatience = seconds(30);

/** Both are told apart from what a login prints; only parts of them stand in the command, in case it is echoed. */
const begun = "kube-installer-begins-here";
const prompt = "kube-installer-asks-sudo:";

const shell = sh`cd; shell="$(getent passwd 0 2>/dev/null | cut -d: -f7)"; exec "\${shell:-/bin/sh}" -l`;
const toldShell = sh`printf ${"kube-installer-%s-here"} begins; ${shell}`;

/**
 * Opens a shell of root on a terminal there: directly when the login user is root, else through sudo, which is given its
 * password when one is known and asks at the terminal when not.
 * @throws InstallerError `sudo-refused`, `no-channel`, `connection-lost`, and those of connecting
 * @see https://www.rfc-editor.org/rfc/rfc4254#section-6.2
 */
export async function openTerminal(
  connection: Connection,
  { sudoPassword, ...options }: TerminalOptions & { readonly sudoPassword?: Secret },
): Promise<RemoteTerminal> {
  const { signal } = options;
  const client = await connection.client(signal);
  const channel = await orAbort(openChannel(client, commandFor(sudoPassword !== undefined), options), signal);
  const ended = endOf(channel);
  ended.catch(() => undefined);
  const terminal: RemoteTerminal = {
    stream: channel,
    ended,
    resize: ({ columns, rows }) => channel.setWindow(rows, columns, 0, 0),
    close: async () => {
      channel.close();
      await connection.close();
    },
  };
  try {
    if (sudoPassword !== undefined) await answerSudo(channel, sudoPassword, signal);
    return terminal;
  } catch (thrown) {
    await terminal.close();
    throw thrown;
  }
}

function commandFor(passwordKnown: boolean): Command {
  return passwordKnown
    ? sh`if [ "$(id -u)" -eq 0 ]; then ${toldShell}; else exec sudo -k -H -p ${prompt} -- sh -c ${toldShell.text}; fi`
    : sh`if [ "$(id -u)" -eq 0 ]; then ${shell}; else exec sudo -H -- sh -c ${shell.text}; fi`;
}

function openChannel(client: Client, command: Command, { size, kind }: TerminalOptions): Promise<ClientChannel> {
  const { columns: cols, rows } = size;
  return new Promise((resolve, reject) => {
    client.exec(
      forAnyShell(command).text,
      { pty: { term: kind, cols, rows, width: 0, height: 0 } },
      (error, channel) =>
        error === undefined
          ? resolve(channel)
          : reject(
              new InstallerError("no-channel", {
                message: `The ssh server gives no terminal: ${error.message}.`,
                likelyCause: "`PermitTTY no` is set in its sshd_config, or the account is limited to one command.",
                nextSteps: ["Log in by hand with `ssh -t` and see what it says."],
                cause: error,
              }),
            ),
    );
  });
}

async function answerSudo(channel: ClientChannel, sudoPassword: Secret, ended: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([ended, AbortSignal.timeout(beginPatience)]);
  const first = await readUntil(channel, [prompt, begun], signal);
  if (first.marker === begun) return;
  if (first.marker === undefined) throw sudoRefused(first.before);
  channel.write(`${sudoPassword.reveal()}\n`);
  const second = await readUntil(channel, [prompt, begun], signal);
  if (second.marker === prompt) throw wrongSudoPassword();
  if (second.marker === undefined) throw sudoRefused(second.before);
}

function endOf(channel: ClientChannel): Promise<ProcessEnd> {
  let end: ProcessEnd | undefined;
  channel.once("exit", (exitCode: number | null, signal?: string) => {
    end = { exitCode, signal: signal ?? null };
  });
  return new Promise((resolve, reject) => {
    channel.once("close", () => {
      if (end !== undefined) return resolve(end);
      reject(
        new InstallerError("connection-lost", {
          message: "The connection broke off while the shell was open.",
          likelyCause: "The machine went down, the network failed, or the ssh server was stopped.",
          nextSteps: ["Check that the machine is up, then open the shell again."],
        }),
      );
    });
  });
}
